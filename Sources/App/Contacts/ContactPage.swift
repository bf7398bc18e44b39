/// The agent's receipt: what to read out, what happens next, when (R3.7).
struct ContactPage: Page {
    static let template = "contacts/contact"

    var frame: Frame
    /// Of the form that came back.
    var summary: ErrorSummary?
    /// "Telephone, Monday 20 July at 09.12, taken by Ingrid"
    var heading: String
    /// Who called, and how to reach them.
    var facts: [Fact]
    var questions: [ContactQuestion]
    /// "A receipt has been sent to …", or that the number must be given.
    var sent: String?
    /// To put right who it was and how to reach them; nil if the reader may not.
    var correction: ActionForm?
}

struct ContactQuestion: Sendable {
    var text: String
    /// What became of it: "Answered at once", "New case with Roads", "Joined to the case".
    var outcome: String
    /// The case's number and page; nil when answered at once.
    var number: String?
    var url: String?
    /// Whom to call, which is told before anything else.
    var emergency: String?
    /// What to tell the caller: what happens next and when.
    var next: RunningText?
    /// What whoever registered it has to see to: the caller has no way into a confidential case.
    var warning: String?
    var answer: String?
    /// What the category's notice says, for the caller.
    var notice: String?
}
