/// Forms that stand on one page, each with its own words. One of them may have come back with errors: it is then open,
/// with what was typed.
protocol PageForms: Sendable {
    /// What the words of all of them begin with: "case.".
    static var family: String { get }

    var words: Words { get }
    /// The page's own address; the forms are sent to those below it.
    var url: String { get }
    /// The id of the form that came back: "closure".
    var returned: String? { get }
    var input: FormInput { get }
}

extension PageForms {
    /// - Parameters:
    ///   - key: the name of its words; nil for the id.
    ///   - path: the last part of the address it is sent to; nil for the id.
    func form(
        _ id: String, words key: String? = nil, sentTo path: String? = nil, _ fields: (FormFields) -> [FormField]
    ) -> ActionForm {
        let name = Self.family + (key ?? id)
        let isReturned = returned == id
        let about = name + ".about"
        return ActionForm(
            id: id, title: words(name), hint: words.has(about) ? words(about) : nil, url: url + "/" + (path ?? id),
            fields: fields(
                FormFields(words: words, form: name, input: isReturned ? input : .init(), idPrefix: id + "-")),
            submit: words(name + ".submit"), isOpen: isReturned)
    }

    /// What was wrong with the form that came back, for the top of the page.
    var summary: ErrorSummary? {
        guard let returned else { return nil }
        let name = Self.family + returned
        let fields = FormFields(words: words, form: name, input: input, idPrefix: returned + "-")
        var shared = fields
        shared.form = Self.family + PageFormsWords.telling
        return fields.summary { fields.label(of: $0) ?? shared.label(of: $0) }
    }
}
