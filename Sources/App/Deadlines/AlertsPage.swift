/// What somebody was reminded of, newest first.
struct AlertsPage: Page {
    static let template = "deadlines/alerts"

    var frame: Frame
    var summary: ErrorSummary?
    var heading: String
    /// "3 unread reminders".
    var lead: String
    /// nil when all have been read.
    var readAll: ActionForm?
    var rows: [AlertRow]
    /// The next page, or nil at the end.
    var next: String?
    var empty: String
}

struct AlertRow: Sendable {
    /// "Feedback: 2 working days late", or that it has been taken care of.
    var what: String
    var kind: DueKind
    var title: String
    /// nil for a case that the reader may not see.
    var url: String?
    var isConfidential = false
    var isUnread = false
    /// Who has it: person and unit.
    var with: String
    /// When the reminder came.
    var when: String
    var number: String
}
