import Domain

/// What pages say in place of what was erased: never a hole.
extension RetentionFacade {
    /// "What was written here was erased on Monday 3 May 2027 as decided by the council (KS 2027/12)."
    func told(of subject: Case) throws -> String? {
        if let words = subject.wordsErasure { return try told("erased.words", of: words) }
        return try subject.peopleErasure.map { try told("erased.people", of: $0) }
    }

    /// "Erased on Monday 3 May 2027 as decided by the council (KS 2027/12)."
    func told(of erasure: ID<Erasure>) throws -> String { try told("erased.by", of: erasure) }

    private func told(_ key: String, of erasure: ID<Erasure>) throws -> String {
        let rule = try rule(of: erasure)
        let moment = Times(directory.calendar, words, now).moment(erasure.madeAt)
        return words(
            key,
            [
                "day": DateWords(words: words).dayAndYear(moment), "by": rule?.decidedBy ?? "–",
                "decision": rule?.decision ?? "–",
            ])
    }

    /// The text, or in its place that it was erased.
    ///
    /// - Parameter isWithin: it stands within a sentence: "Crew 7 did (erased)".
    func shown(_ text: String, erasedBy erasure: ID<Erasure>?, isWithin: Bool = false) -> String {
        guard erasure != nil, text.isEmpty else { return text }
        return words(isWithin ? "erased.within" : "erased")
    }

    /// For programs: `2027-05-03`.
    func erasedDay(_ erasure: ID<Erasure>?) -> String? {
        erasure.map { municipality.timeZone.day(of: $0.madeAt).iso }
    }
}

extension CaseFacade {
    func title(of subject: Case) -> String { op.retention.shown(subject.title, erasedBy: subject.wordsErasure) }
}

extension ContactFacade {
    func text(of question: Question) -> String { op.retention.shown(question.text, erasedBy: question.erasure) }
}
