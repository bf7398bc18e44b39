/// A case for the staff: what it is, where it stands in the chain, what to do now, what happened.
struct CasePage: Page {
    static let template = "cases/case"

    var frame: Frame
    var summary: ErrorSummary?
    var number: String
    var url: String
    var title: String
    var state: String
    /// The next deadline in words; empty when closed.
    var due: String
    var dueKind: DueKind
    var isAcute: Bool = false
    var isConfidential: Bool = false
    var mustBeAnswered: Bool = false
    /// By whose decision, and when; nothing can be done about it any more.
    var erased: String?
    /// Received, passed on, feedback, solved and answered.
    var steps: [Step]
    /// What is most likely next; nil when closed.
    var primary: ActionForm?
    /// What else is often done now.
    var actions: [ActionForm]
    /// All else that is allowed now.
    var moreActions: [ActionForm] = []
    var answer: Answer?
    /// Newest first.
    var events: [TimelineRow]
    /// What opened the case.
    var contact: CaseContact?
    /// Those who wrote or called about it since.
    var moreContacts: [CaseContact] = []
    var facts: [Fact]
    /// Who works on it outside the municipality.
    var contractor: ContractorCard?
    var reporters: [Reporter]
    var measures: [MeasureRow]
}

/// A contact that belongs to the case, with what was asked.
struct CaseContact: Sendable {
    var url: String
    /// "Telephone, Monday 20 July at 09.12, taken by Ingrid"
    var heading: String
    var text: String
}

struct MeasureRow: Sendable {
    var id: String
    /// "Corrective" or "Preventive".
    var kind: String
    var what: String
    /// Who does it, and by when or when it was done, in words.
    var text: String
    /// Sends when it was done; nil when it is done.
    var done: ActionForm?
}
