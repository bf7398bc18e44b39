import Domain

/// `/{m}/admin/texts/{key}`: words a text anew, in each language, or goes back to Torg's own.
enum EditText {
    static let maximum = 4_000

    static let routes: [Route] = [
        .page(.adminText, for: .staff(.manageTexts), show),
        .form(.post, .adminText, for: .staff(.manageTexts), show: show, perform: save),
        .form(.delete, .adminText, for: .staff(.manageTexts), show: show, perform: reset),
    ]

    private static func text(_ visit: Visit) throws -> EditableText {
        guard let text = EditableText.byKey[try visit.parameter("text")] else { throw Refusal.notFound }
        return text
    }

    private static func values(of text: EditableText, _ op: Operation) -> FieldValues {
        let own = op.directory.texts[text.key] ?? [:]
        return FieldValues(
            Dictionary(uniqueKeysWithValues: Catalogues.languages.map { ("admin.text." + $0, own[$0]) }))
    }

    private static let show: PageHandler = { visit, op in
        let text = try text(visit)
        let words = op.words
        let fields = FormFields(words: words, form: "admin.text", input: visit.form)
        let own = op.directory.texts[text.key] ?? [:]
        let url = op.paths(.adminText, text.key)
        let name = text.name(words)
        var page = FormPage(
            frame: try op.frame(visit, title: name), summary: fields.summary, back: op.administration.link(to: .texts),
            heading: name,
            lead: words("admin.text.about." + text.group.rawValue), url: url,
            version: values(of: text, op).version(on: visit),
            sections: op.organisation.languagesOwnFirst.map { section($0, own[$0] ?? "", text, fields, op) },
            submit: words("form.save"),
            look: words("admin.look"))
        if !text.placeholders.isEmpty {
            let known = text.placeholders.map { "{\($0)} " + words("placeholder." + $0) }.joined(separator: ", ")
            page.notes = [FormNote(text: words("admin.text.placeholders") + " " + known + ".")]
        }
        if !own.isEmpty {
            page.actions = [
                ActionForm(
                    id: "default", title: words(text.hasDefault ? "admin.text.back" : "admin.text.remove"), url: url,
                    method: "DELETE", submit: "")
            ]
        }
        return .page(page)
    }

    private static func section(
        _ language: String, _ own: String, _ text: EditableText, _ fields: FormFields, _ op: Operation
    ) -> FormSection {
        let words = op.words
        let field =
            text.isLine ? fields.line(language, value: own) : fields.area(language, value: own, rows: 6)
        let typed = fields.input.first(language) ?? own
        var quotes: [Preview] = []
        if text.hasDefault {
            quotes.append(
                Preview(heading: words("admin.text.default"), text: op.installation.words(language)(text.key)))
        }
        if !typed.isBlank, text.fault(in: typed, field: language) == nil, !text.placeholders.isEmpty {
            quotes.append(
                Preview(
                    heading: words("admin.text.preview"),
                    text: Words.fill(typed, op.administration.sampleValues(in: language))))
        }
        let hint = text.hasDefault ? words("admin.text.own.hint") : words("admin.text.notice.hint")
        return FormSection(
            legend: Language.names[language] ?? language, quotes: quotes, fields: [field.with(hint: hint)])
    }

    private static let save: PageHandler = { visit, op in
        if visit.form.first("preview") != nil { return try show(visit, op) }
        let op = try op.organisation.changing()
        let text = try text(visit)
        var input = InputReader(form: visit.form)
        var typed: [String: String] = [:]
        for language in Catalogues.languages {
            let read = text.isLine ? input.line(language, max: 200) : input.text(language, max: maximum)
            guard let wording = read else { continue }
            if let fault = text.fault(in: wording, field: language) {
                input.fail(language, fault.code, fault.values)
            }
            // The same words as Torg's own are no wording of one's own: they would miss what Torg improves later.
            if !text.hasDefault || wording != op.installation.words(language)(text.key) { typed[language] = wording }
        }
        try input.finish()
        let before = values(of: text, op)
        try before.check(visit)
        try op.tx.run("DELETE FROM texts WHERE municipality = \(op.tenant) AND key = \(text.key)")
        for (language, wording) in typed.sorted(by: { $0.key < $1.key }) {
            try op.tx.run(
                """
                INSERT INTO texts (municipality, key, language, body)
                VALUES (\(op.tenant), \(text.key), \(language), \(wording))
                """)
        }
        let after = FieldValues(Dictionary(uniqueKeysWithValues: typed.map { ("admin.text." + $0.key, $0.value) }))
        try op.audit(.textChanged, name(of: text, op), fields: op.changes(from: before, to: after))
        return .redirect(op.paths(.adminTexts), flash: "saved")
    }

    private static let reset: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        let text = try text(visit)
        let before = values(of: text, op)
        try op.tx.run("DELETE FROM texts WHERE municipality = \(op.tenant) AND key = \(text.key)")
        try op.audit(.textChanged, name(of: text, op), fields: op.changes(from: before, to: FieldValues([:])))
        return .redirect(op.paths(.adminTexts), flash: "saved")
    }

    /// As the audit keeps it: in the municipality's own language.
    private static func name(of text: EditableText, _ op: Operation) -> String {
        text.name(op.installation.words(op.municipality.language))
    }
}
