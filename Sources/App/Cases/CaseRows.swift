import Database
import Domain

extension Operation {
    /// Cases as rows of a list.
    func rows(for cases: [Case]) throws -> [CaseRow] {
        let times = Times(directory.calendar, words, now)
        let reporters = try reporterCounts(cases.map(\.id))
        return cases.map { shown in
            let due = times.due(nextDue(shown))
            let several = reporters[shown.id].flatMap { $0 > 1 ? words.count("list.reporters", $0) : nil }
            let sub = [directory.name(ofCategory: shown.category, in: language), shown.place?.text, several]
            return CaseRow(
                number: "\(shown.number)", url: paths.cases(shown.number), title: shown.title,
                sub: sub.compactMap(\.self).joined(separator: " · "), due: due.text, dueKind: due.kind,
                state: words("state." + shown.state.rawValue),
                with: shown.handler.map { directory.name(of: $0) } ?? directory.name(of: shown.unit),
                isAcute: shown.isAcute, isConfidential: shown.isConfidential,
                mustBeAnswered: shown.mustBeAnswered)
        }
    }

    /// How many contacts each case has.
    private func reporterCounts(_ cases: [ID<Case>]) throws -> [ID<Case>: Int] {
        let rows = try tx.rows(
            """
            SELECT case_id, count(DISTINCT contact_id) AS reporters FROM questions
            WHERE municipality = \(tenant) AND case_id IN \(list: cases) GROUP BY case_id
            """)
        return Dictionary(
            try rows.map { (try $0["case_id"] as ID<Case>, try $0["reporters"] as Int) },
            uniquingKeysWith: { first, _ in first })
    }
}
