import Domain

/// A text that a municipality may word itself (R1.6, R4.7). Everything else is Torg's own.
struct EditableText: Sendable {
    enum Group: String, Sendable, CaseIterable {
        case mail, state, standard, front, acute
    }

    /// In the catalogues, and in the table `texts`.
    let key: String
    let group: Group
    /// What is filled in, by name: nothing else may stand in braces.
    var placeholders: [String] = []
    /// Without these the text does not do its work: an answer that lacks the answer.
    var needed: [String] = []
    /// A subject or a heading: one line.
    var isLine = false
    /// Whether Torg has a text of its own; a notice there is only when the municipality writes one.
    var hasDefault = true

    static let all: [EditableText] = mails + states + standards + front + [acute]

    static let byKey = Dictionary(all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

    /// The placeholders that all mails about a case know.
    private static let ofCase = ["number", "title", "unit", "deadline", "municipality", "link"]

    private static let mails: [EditableText] = [
        ("receipt", [], ["number", "link"]), ("status", ["state", "explanation"], ["state"]),
        ("feedback", ["message"], ["message"]),
        ("question", ["message"], ["message"]), ("reminder", ["message"], ["message"]),
        ("answer", ["answer"], ["answer"]),
        ("forwarded", ["authority", "answer"], ["authority", "answer"]), ("reopened", [], []),
    ].flatMap { name, own, needed in
        [
            EditableText(
                key: "mail.\(name).subject", group: .mail, placeholders: ofCase + own.filter { $0 == "state" },
                isLine: true),
            EditableText(key: "mail.\(name).body", group: .mail, placeholders: ofCase + own, needed: needed),
        ]
    }

    private static let states: [EditableText] = CaseState.allCases.flatMap { state in
        [
            EditableText(key: "state.public.\(state.rawValue)", group: .state, isLine: true),
            EditableText(key: "state.public.\(state.rawValue).text", group: .state),
        ]
    }

    private static let standards: [EditableText] = [
        ("email", ["unit"]), ("number", ["unit", "number"]), ("self_service", ["unit"]), ("acute", ["unit", "call"]),
        ("other_authority", ["unit", "authority"]),
    ].map { EditableText(key: "standard.\($0.0).text", group: .standard, placeholders: $0.1) }

    private static let front = [
        EditableText(key: "front.lead", group: .front),
        EditableText(key: "front.notices", group: .front, hasDefault: false),
        EditableText(key: "report.notices", group: .front, hasDefault: false),
    ]

    private static let acute = EditableText(key: AcuteWords.key, group: .acute)

    /// What the text is called in lists.
    func name(_ words: Words) -> String {
        let parts = key.split(separator: ".").map(String.init)
        switch group {
        case .mail: return words("admin.text.mail." + parts[1]) + ": " + words("admin.text." + parts[2])
        case .state:
            let state = words("state." + parts[2])
            return parts.count > 3 ? state + ": " + words("admin.text.explanation") : state
        case .standard: return words("standard.\(parts[1]).title")
        case .front, .acute: return words("admin.text." + key)
        }
    }

    /// What is wrong with a municipality's wording.
    func fault(in text: String, field: String) -> FieldError? {
        let used = text.matches(of: /\{([^{}]*)\}/).map { String($0.1) }
        if let unknown = used.first(where: { !placeholders.contains($0) }) {
            return FieldError(field: field, code: "placeholder_unknown", values: ["name": "{\(unknown)}"])
        }
        if let missing = needed.first(where: { !used.contains($0) }) {
            return FieldError(field: field, code: "placeholder_needed", values: ["name": "{\(missing)}"])
        }
        return nil
    }
}

extension Notice {
    /// One a paragraph; of several lines the first is the heading.
    static func all(in text: String) -> [Notice] {
        text.split(separator: /\n\s*\n/).map { paragraph in
            let lines = paragraph.split(separator: "\n", maxSplits: 1).map(String.init)
            return lines.count > 1 ? Notice(heading: lines[0], text: lines[1]) : Notice(text: lines.first ?? "")
        }
    }
}

extension AdministrationFacade {
    /// Notices that the municipality wrote for a page, in the reader's language, else in its own.
    func notices(_ key: String) -> [Notice] {
        let own = directory.texts[key]
        return Notice.all(in: own?[language] ?? own?[municipality.language] ?? "")
    }

    /// Example values for every placeholder, to show how a text comes out.
    func sampleValues(in language: String) -> [String: String] {
        let words = installation.words(language)
        let number = CaseNumber(year: 2026, sequence: 10_423)
        let due = directory.targets.feedback.due(after: now, in: directory.calendar)
        return [
            "number": "\(number)", "title": words("placeholder.title.example"),
            "unit": directory.name(of: municipality.centre),
            "deadline": Times(directory.calendar, words, now).day(due), "municipality": municipality.name,
            "link": installation.settings.publicURL + paths(.followedCase, number),
            "answer": words("placeholder.answer.example"), "message": words("placeholder.message.example"),
            "state": op.text("state.public.underway", in: language),
            "explanation": op.text("state.public.underway.text", in: language),
            "authority": words("placeholder.authority.example"),
            "call": op.contacts.whomToCall(about: nil, in: language),
        ]
    }
}
