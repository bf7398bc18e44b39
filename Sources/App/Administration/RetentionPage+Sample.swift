import Domain

extension FormPage {
    /// How long personal data are kept: one class erases, one will, one was never decided on, and one is kept by decision.
    static func retention(_ words: Words) -> FormPage {
        let fields = RetentionState.fields(words, FormInput())
        let decision = ["decided_by", "decision"].map { fields.line($0).conditional }
        let sections =
            RetentionClass.allCases.map { section(of: $0, fields) } + [
                FormSection(
                    legend: words("retention.decision.heading"), hint: words("retention.decision.about"),
                    fields: decision)
            ]
        let undo = ActionForm(
            id: "undo-reporters", title: words("retention.undo", ["what": words("retention.reporters")]),
            url: "/sandvik/admin/retention/undo", hidden: [HiddenValue(name: "class", value: "reporters")], submit: "")
        return FormPage(
            frame: .staffSample(words, title: words("admin.retention"), current: "admin"),
            back: Link(text: words("admin.back"), url: "/sandvik/admin"), heading: words("admin.retention"),
            lead: words("retention.lead"),
            notes: [FormNote(text: words("retention.law")), FormNote(text: words("retention.never"))],
            url: "/sandvik/admin/retention", version: "1", sections: sections, submit: words("form.save"),
            look: words("retention.look"), preview: preview(words), actions: [undo])
    }

    private static func section(of kept: RetentionClass, _ fields: FormFields) -> FormSection {
        let words = fields.words
        let text = said(of: kept, words).joined(separator: "\n")
        return FormSection(
            legend: words(kept.label), hint: words(kept.label + ".about"),
            quotes: [Preview(heading: words("retention.now"), text: text)],
            fields: [fields.line(kept.field, value: kept == .answered ? "12" : "").conditional])
    }

    private static func said(of kept: RetentionClass, _ words: Words) -> [String] {
        let dates = DateWords(words: words)
        let values = ["by": "Sandvik kommunestyre", "decision": "KS 12/2026"]
        let last = ["when": dates.dayAndTime(.earlierSample), "number": words.grouped(1_204)]
        switch kept {
        case .answered: return [words.count("retention.rule", 12, values), words("retention.last", last)]
        case .reporters:
            let rule = words.count("retention.rule", 1, values)
            return [
                words.count("retention.rule", 36, values),
                words("retention.pending", ["day": dates.day(.sample), "rule": rule]), words("retention.last.never"),
            ]
        case .cases: return [words("retention.now.never")]
        case .readings: return [words("retention.rule.kept", values), words("retention.last.nothing", last)]
        }
    }

    private static func preview(_ words: Words) -> Preview {
        let oldest = DateWords(words: words).day(.earlierSample)
        let texts = [
            ("answered", words("retention.preview.some", ["number": "7", "oldest": oldest])),
            ("reporters", words("retention.preview.more", ["number": words.grouped(10_000), "oldest": oldest])),
            ("cases", words("retention.preview.kept")), ("readings", words("retention.preview.nothing")),
        ]
        return Preview(
            heading: words("retention.preview.heading"), text: words("retention.preview.about"),
            facts: texts.map { Fact(term: words("retention." + $0.0), text: $0.1) })
    }
}
