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
            // Nobody has it yet: then it matters when it came.
            let received = shown.state == .new ? words("list.received", ["when": times.lately(shown.createdAt)]) : nil
            let sub = [directory.name(ofCategory: shown.category, in: language), shown.place?.text, several, received]
            let closed = shown.closedAt.map { words("list.closed", ["day": times.day($0)]) }
            return CaseRow(
                number: "\(shown.number)", url: paths.cases(shown.number), title: shown.title,
                sub: sub.compactMap(\.self).joined(separator: " · "), due: closed ?? due.text, dueKind: due.kind,
                state: words("state." + shown.state.rawValue),
                with: holder(of: shown),
                isAcute: shown.isAcute, isConfidential: shown.isConfidential,
                mustBeAnswered: shown.mustBeAnswered)
        }
    }

    private func holder(of shown: Case) -> String {
        if let handler = shown.handler { return directory.name(of: handler) }
        let unit = directory.name(of: shown.unit)
        let isProposed = shown.state == .new && shown.unit != municipality.centre
        return isProposed ? words("list.proposed", ["unit": unit]) : unit
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
