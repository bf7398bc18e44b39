import Database
import Domain

extension CaseFacade {
    /// Cases as rows of a list.
    ///
    /// - Parameter withState: false where all are in the same.
    func rows(for cases: [Case], withState: Bool = true) throws -> [CaseRow] {
        let times = Times(directory.calendar, words, now)
        let reporters = try reporterCounts(cases.map(\.id))
        return cases.map { shown in
            let due = times.due(pressing(shown))
            let several = reporters[shown.id].flatMap { $0 > 1 ? words.count("list.reporters", $0) : nil }
            // Nobody has it yet: then it matters when it came.
            let received = shown.state == .new ? words("list.received", ["when": times.lately(shown.createdAt)]) : nil
            let sub = [directory.name(ofCategory: shown.category, in: language), shown.place?.text, several, received]
            let closed = shown.closedAt.map { words("list.closed", ["day": times.day($0)]) }
            return CaseRow(
                number: "\(shown.number)", url: paths(.case, shown.number), title: op.cases.title(of: shown),
                sub: sub.compactMap(\.self).joined(separator: " · "), due: due.text.isEmpty ? closed ?? "" : due.text,
                dueKind: due.kind,
                state: withState ? stateInWords(of: shown) : nil,
                with: holder(of: shown),
                isAcute: shown.isAcute, isConfidential: shown.isConfidential,
                mustBeAnswered: shown.mustBeAnswered)
        }
    }

    /// "Closed, not told": the state alone would say that all is done.
    func stateInWords(of shown: Case) -> String {
        words(!shown.state.isOpen && shown.untoldSince != nil ? "state.closed_untold" : "state." + shown.state.rawValue)
    }

    func holder(of shown: Case) -> String {
        if let contractor = shown.contractor { return directory.name(of: contractor) }
        if let handler = shown.handler { return directory.name(of: handler) }
        return unitInWords(of: shown)
    }

    /// Whether the unit is only where the category points to: nobody has passed the case on.
    func isProposed(_ shown: Case) -> Bool { directory.unitInCharge(of: shown) != shown.unit }

    /// "Roads", or "Suggested: Roads".
    func unitInWords(of shown: Case) -> String {
        let unit = directory.name(of: shown.unit)
        return isProposed(shown) ? words("list.proposed", ["unit": unit]) : unit
    }

    /// How many people each case has: one e-mail address or telephone is one of them, and so is every contact of
    /// somebody who gave none.
    private func reporterCounts(_ cases: [ID<Case>]) throws -> [ID<Case>: Int] {
        let rows = try tx.rows(
            """
            SELECT questions.case_id,
                count(DISTINCT coalesce(contacts.email, contacts.phone_key, CAST(contacts.id AS TEXT))) AS reporters
            FROM questions JOIN contacts
                ON contacts.municipality = questions.municipality AND contacts.id = questions.contact_id
            WHERE questions.municipality = \(tenant) AND questions.case_id IN \(list: cases)
            GROUP BY questions.case_id
            """)
        return Dictionary(
            try rows.map { (try $0["case_id"] as ID<Case>, try $0["reporters"] as Int) },
            uniquingKeysWith: { first, _ in first })
    }
}
