/// Number and e-mail or phone, to follow a case without the link from the receipt.
struct FollowFormPage: Page {
    static let template = "citizens/follow-form"

    var frame: Frame
    var summary: ErrorSummary?
    /// The same answer whether the case exists or not, so that nothing is given away.
    var answer: String?
    /// What was being written on the page of the case, sent along.
    var hidden: [HiddenValue] = []
    /// Tells that it is there.
    var kept: String?
    var number: FormField
    var contact: FormField
    /// For a code or the agreed word; asked of everybody to whom nothing could be shown.
    var code: FormField?
    /// "Does it not work? Call us", with the contact centre's number; where nothing could be shown.
    var call: String?
    var phone: String?
    var phoneText: String?
}

extension FollowFormPage {
    /// - Parameter sendsCodes: false where there is no gateway for text messages: then only a word opens what is
    ///   confidential.
    init(
        frame: Frame, words: Words, input: FormInput = .init(), answer: String? = nil, asksForCode: Bool = false,
        sendsCodes: Bool = true, phone: String? = nil, phoneText: String? = nil
    ) {
        var shown = input
        // A secret, right or wrong, stays on no page.
        shown.values["code"] = nil
        var fields = FormFields(words: words, form: "follow", input: shown)
        if !sendsCodes {
            fields.labels["code"] = words("door.word")
            fields.hints["code"] = words("follow.code.hint.word")
        }
        self.init(
            frame: frame, summary: fields.summary, answer: answer,
            hidden: ["kept", "kept_form"].compactMap { name in
                input.first(name).map { HiddenValue(name: name, value: $0) }
            }, kept: input.first("kept").map { _ in words("follow.kept") },
            number: fields.line("number", autocomplete: "off", required: true),
            contact: fields.line("contact", autocomplete: "email", required: true),
            code: asksForCode ? fields.line("code", autocomplete: "one-time-code") : nil,
            call: answer == nil ? nil : words(phone == nil ? "door.call" : "door.call.phone"), phone: phone,
            phoneText: phoneText)
    }
}
