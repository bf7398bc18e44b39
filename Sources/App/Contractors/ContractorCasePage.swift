/// A case as its contractor sees it, without an account: number, title, what was reported, where, by when; and what
/// they can do.
struct ContractorCasePage: Page {
    static let template = "contractors/case"

    var frame: Frame
    var summary: ErrorSummary?
    var number: String
    var title: String
    /// "Waits for you to acknowledge it."
    var status: String
    var contractor: String
    /// What can be done now, the likeliest first.
    var forms: [ActionForm]
    /// What is due when.
    var deadlines: [Fact]
    /// What was reported, without personal numbers.
    var text: String
    /// Place and category.
    var facts: [Fact]
    /// Only where the municipality lets this contractor know.
    var reporter: Reporter?
    /// Between the municipality and this contractor, newest first.
    var events: [TimelineRow] = []
    /// Whom to ask.
    var unit: String
    var phone: String?
    var phoneText: String?
    var email: String?
}

/// Where a link leads that leads nowhere any more: thanks, or what to do.
struct ContractorEndPage: Page {
    static let template = "contractors/end"

    var frame: Frame
    var heading: String
    var text: String
    var advice: String
    var phone: String?
    var phoneText: String?
    var email: String?
}

/// The forms of the contractor's page. The last part of each address is the form's id.
struct ContractorForms: PageForms {
    static let family = "contractor."

    let words: Words
    /// The page's own address.
    let url: String
    /// The id of the form that came back.
    var returned: String?
    var input = FormInput()
    /// ISO 8601 day, filled in.
    var today: String
    /// Whom no message reaches; without names, which are not theirs to know.
    var telling = TellingFields()

    func all(isAcknowledged: Bool) -> [ActionForm] {
        var forms = [
            form("done") {
                [$0.area("what", required: true), $0.line("done_at", type: "date", value: today, required: true)]
            },
            form("feedback") {
                [$0.area("message", required: true)] + telling.fields(for: $0, family: Self.family)
            },
            form("question") { [$0.area("message", required: true)] },
            form("return") { [$0.area("reason", required: true)] },
        ]
        if !telling.isSent { forms[1].hint = words("contractor.feedback.about_unsent") }
        if !isAcknowledged { forms.insert(form("acknowledgement") { _ in [] }, at: 0) }
        forms[0].isPrimary = true
        return forms
    }
}
