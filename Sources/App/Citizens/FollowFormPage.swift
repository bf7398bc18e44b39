/// Number and e-mail or phone, to follow a case without the link from the receipt.
struct FollowFormPage: Page {
    static let template = "citizens/follow-form"

    var frame: Frame
    var summary: ErrorSummary?
    /// The same answer whether the case exists or not, so that nothing is given away.
    var answer: String?
    var number: FormField
    var contact: FormField
}

extension FollowFormPage {
    init(frame: Frame, words: Words, input: FormInput = .init(), answer: String? = nil) {
        let fields = FormFields(words: words, form: "follow", input: input)
        self.init(
            frame: frame, summary: fields.summary, answer: answer,
            number: fields.line("number", autocomplete: "off", required: true),
            contact: fields.line("contact", autocomplete: "email", required: true))
    }
}
