import Database
import Domain
import Testing

@testable import App
@testable import Support

/// To whom each reminder was told, looked at when it has just been made: the rules once more, from the tables alone.
struct ToldCheck {
    private(set) var reminders = 0
    private var newest: Int64 = 0

    /// Those that were made since the last look.
    mutating func look(_ torg: TestTorg) async throws {
        let after = newest
        let made = try await torg.read { op -> [(event: Int64, wrong: String?)] in
            let posts = try Posts(in: op)
            let rows = try op.tx.rows(
                """
                SELECT id, case_id, at, data FROM events
                WHERE municipality = \(op.tenant) AND kind = 'reminder_sent' AND id > \(after) ORDER BY id
                """)
            return try rows.map { row in
                let (subject, at, data): (Int64, Instant, String) = (try row["case_id"], try row["at"], try row["data"])
                let details = try CaseEvent.Details(json: data)
                let told = try Self.told(subject, details, at, in: op)
                let found = try #require(
                    try op.tx.row("SELECT * FROM cases WHERE municipality = \(op.tenant) AND id = \(subject)"))
                let expected = try posts.told(of: Case(found), details.step)
                let wrong = told == expected ? nil : "\(subject) \(data): \(told) instead of \(expected)"
                return (try row["id"], wrong)
            }
        }
        newest = made.last?.event ?? newest
        reminders += made.count
        for one in made { #expect(one.wrong == nil) }
    }

    private static func told(
        _ subject: Int64, _ details: CaseEvent.Details, _ at: Instant, in op: App.Operation
    ) throws -> [String] {
        try op.tx.rows(
            """
            SELECT user_id, unit_id FROM alerts WHERE municipality = \(op.tenant) AND case_id = \(subject)
                AND kind = \(details.deadline?.rawValue) AND step = \(details.step?.rawValue)
                AND due_at = \(details.until) AND at = \(at) AND contractor_id IS NULL
            """
        ).map { row in
            let (user, unit): (Int64?, Int64?) = (try row["user_id"], try row["unit_id"])
            return user.map { "user \($0)" } ?? unit.map { "unit \($0)" } ?? "nobody"
        }.sorted()
    }
}

/// Who holds which post, and who is away today.
private struct Posts {
    private var units: [Int64: (people: [Int64?], leader: Int64?)] = [:]
    private var centre: Int64
    /// By who is away: who stands in.
    private var away: [Int64: Int64?] = [:]
    /// By unit: who belongs to it or leads it.
    private var readers: [Int64: Set<Int64>] = [:]

    init(in op: App.Operation) throws {
        centre = op.municipality.centre.rawValue
        for row in try op.tx.rows("SELECT * FROM units WHERE municipality = \(op.tenant)") {
            let (unit, leader): (Int64, Int64?) = (try row["id"], try row["leader_id"])
            units[unit] = ([try row["receiver_id"], try row["substitute_id"], leader], leader)
            readers[unit, default: []].formUnion(leader.map { [$0] } ?? [])
        }
        for row in try op.tx.rows("SELECT * FROM memberships WHERE municipality = \(op.tenant)") {
            readers[try row["unit_id"], default: []].insert(try row["user_id"])
        }
        let absent = try op.tx.rows(
            """
            SELECT * FROM absences WHERE municipality = \(op.tenant) AND first_day <= \(op.today)
                AND last_day >= \(op.today)
            """)
        for row in absent { away[try row["user_id"]] = .some(try row["substitute_id"]) }
    }

    func told(of subject: Case, _ step: Reminder.Step?) -> [String] {
        let unit = (subject.stateBefore ?? subject.state) == .new ? centre : subject.unit.rawValue
        let people = units[unit]?.people ?? []
        let performer = first([subject.handler?.rawValue] + people, subject).map { "user \($0)" } ?? "unit \(unit)"
        let leader = first([units[unit]?.leader], subject).map { "user \($0)" } ?? "unit \(centre)"
        switch step {
        case .before: return [performer]
        case .missed: return Set([performer, "unit \(centre)"]).sorted()
        case .escalated: return Set([performer, leader]).sorted()
        case nil: return []
        }
    }

    private func first(_ people: [Int64?], _ subject: Case) -> Int64? {
        for case let asked? in people {
            var next: Int64? = asked
            for _ in 0...away.count {
                guard let person = next, let substitute = away[person] else { break }
                next = substitute
            }
            guard let next, away[next] == nil else { continue }
            if !subject.isConfidential || readers[subject.unit.rawValue]?.contains(next) == true { return next }
        }
        return nil
    }
}
