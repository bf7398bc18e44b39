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
            let subjects = try Self.subjects(of: rows, in: op)
            let told = try Self.told(of: Array(subjects.keys), in: op)
            return try rows.map { row in
                let (subject, at, data): (Int64, Instant, String) = (try row["case_id"], try row["at"], try row["data"])
                guard case .reminded(let made) = try CaseEvent(.reminded, json: data).fact else {
                    throw Refusal.notFound
                }
                let moment = Moment(
                    subject: subject, kind: made.deadline.rawValue, step: made.step.rawValue, due: made.until, at: at)
                let told = told[moment, default: []].sorted()
                let expected = posts.told(of: try #require(subjects[subject]), made.step)
                let wrong = told == expected ? nil : "\(subject) \(data): \(told) instead of \(expected)"
                return (try row["id"], wrong)
            }
        }
        newest = made.last?.event ?? newest
        reminders += made.count
        for one in made { #expect(one.wrong == nil) }
    }

    private static func subjects(of reminders: [Row], in op: App.Operation) throws -> [Int64: Case] {
        let ids = Array(Set(try reminders.map { row -> Int64 in try row["case_id"] }))
        let rows = try portions(of: ids).flatMap {
            try op.tx.rows("SELECT * FROM cases WHERE municipality = \(op.tenant) AND id IN \(list: $0)")
        }
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0["id"], try Case($0)) })
    }

    /// What an alert tells of, and when.
    private struct Moment: Hashable {
        var subject: Int64
        var kind: String?
        var step: String?
        var due: Instant?
        var at: Instant
    }

    private static func told(of subjects: [Int64], in op: App.Operation) throws -> [Moment: [String]] {
        var told: [Moment: [String]] = [:]
        let rows = try portions(of: subjects).flatMap {
            try op.tx.rows(
                """
                SELECT case_id, kind, step, due_at, at, user_id, unit_id FROM alerts
                WHERE municipality = \(op.tenant) AND case_id IN \(list: $0) AND at = \(op.now)
                    AND contractor_id IS NULL
                """)
        }
        for row in rows {
            let moment = Moment(
                subject: try row["case_id"], kind: try row["kind"], step: try row["step"], due: try row["due_at"],
                at: try row["at"])
            let (user, unit): (Int64?, Int64?) = (try row["user_id"], try row["unit_id"])
            told[moment, default: []].append(user.map { "user \($0)" } ?? unit.map { "unit \($0)" } ?? "nobody")
        }
        return told
    }

    private static func portions(of ids: [Int64]) -> [[Int64]] {
        stride(from: 0, to: ids.count, by: 64).map { Array(ids[$0..<min($0 + 64, ids.count)]) }
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
        // That there is something confidential is nothing for the contact centre.
        let desk = subject.isConfidential ? subject.unit.rawValue : centre
        let leader = first([units[unit]?.leader], subject).map { "user \($0)" } ?? "unit \(desk)"
        switch step {
        case .before: return [performer]
        case .missed: return Set([performer, "unit \(desk)"]).sorted()
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
