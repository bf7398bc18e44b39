import Domain

/// A contact in a list.
struct ContactRow: Sendable {
    var url: String
    /// What was asked first.
    var title: String
    /// Who it was · how, and registered by whom · how many questions.
    var sub: String
    /// "today at 15.30".
    var when: String
    /// What has become of it: "Answered at once", "Underway".
    var outcome: String
    /// Of the case it belongs to; nil where it was answered at once.
    var number: String?
    var isConfidential = false
}

extension ContactRow {
    init(_ shown: VisibleContact, in op: Operation) throws {
        let (contact, first) = (shown.contact, shown.questions.first)
        let found = first?.caseID.flatMap { shown.cases[$0] }
        let kept = first?.caseID.flatMap { shown.kept[$0] }
        let several = contact.questions.count
        // Who it was is the unit's to know, where some of it is kept back.
        let name = shown.kept.isEmpty ? contact.person.name : nil
        let by = contact.registeredBy.map { op.words("contact.by", ["person": op.directory.name(of: $0)]) }
        let sub = [
            name, op.words("channel." + contact.channel.rawValue), by,
            several > 1 && shown.questions.count == several ? op.words.count("contact.questions", several) : nil,
        ]
        self.init(
            url: op.paths(.contact, contact.id),
            title: kept != nil ? op.words("contact.kept") : QuestionInput.title(of: first.map(op.contacts.text) ?? ""),
            sub: sub.compactMap(\.self).joined(separator: " · "),
            when: Times(op.directory.calendar, op.words, op.now).lately(contact.at),
            outcome: kept.map { Existence(of: $0, in: op).status(op.words) }
                ?? found.map(op.cases.stateInWords) ?? op.words("contact.outcome.answered"),
            number: (found ?? kept).map { "\($0.number)" },
            isConfidential: found?.isConfidential ?? (kept != nil))
    }
}

extension ContactRow {
    static func samples(_ words: Words) -> [ContactRow] {
        let dates = DateWords(words: words)
        return [
            ContactRow(
                url: "/sandvik/contacts/5", title: "Når åpner biblioteket?",
                sub: "Siv Aas · \(words("channel.telephone")) · \(words("contact.by", ["person": "Ingrid"]))",
                when: dates.relative(.sample, days: 0, thisYear: 2026), outcome: words("contact.outcome.answered")),
            ContactRow(
                url: "/sandvik/contacts/4", title: "Lyset ved hovedinngangen er mørkt på tredje uka",
                sub: "\(words("channel.self_service")) · \(words.count("contact.questions", 2))",
                when: dates.day(.earlierSample), outcome: words("state.underway"), number: "26-10423-4"),
            ContactRow(
                url: "/sandvik/contacts/3", title: words("contact.kept"),
                sub: "\(words("channel.visit")) · \(words("contact.by", ["person": "Ingrid"]))",
                when: dates.day(.earlierSample), outcome: words("case.confidential"), number: "26-10440-2",
                isConfidential: true),
        ]
    }
}
