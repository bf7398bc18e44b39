/// One outgoing mail, and what became of it.
struct OutgoingMailPage: Page {
    static let template = "administration/mail"

    var frame: Frame
    var summary: ErrorSummary?
    var back: Link
    var heading: String
    var facts: [Fact]
    /// The text that was sent; nil when the case is confidential.
    var body: String?
    /// Why the text is not shown.
    var withheld: String?
    /// "Try again".
    var action: ActionForm?
}
