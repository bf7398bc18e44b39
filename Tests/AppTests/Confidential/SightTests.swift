import Database
import Domain
@testable import Support
import Testing

@testable import App

/// What the condition of a query lets through and what the rule says of a case that is known are the same.
@Suite struct SightTests {
    /// The same each time it runs.
    private struct Chance {
        private var state: UInt64 = 4711

        mutating func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(1, limit)))
        }
    }

    @Test func theConditionAndTheRuleAreOne() async throws {
        let api = try await Api()
        let torg = api.torg
        let categories = ["Street light", "Water leak", "Care"]
        for index in 0..<24 {
            try await api.become("agent")
            var question: [String: Any] = ["category": torg.text(categories[index % 3])]
            if index % 4 == 1 { question["confidential"] = true }
            if index % 5 == 2 { question["unit"] = torg.text("Roads") }
            let path = try await api.newCase(question)
            for login in ["handler", "plumber"] where index % 2 == 0 {
                try await api.become(login)
                _ = try await api.post(path + "/acknowledgement")
            }
        }
        try await torg.installation.write(torg.sandvik) { op in
            // As imported: registered by nobody.
            _ = try op.tx.run("UPDATE cases SET registered_by = NULL WHERE municipality = \(op.tenant) AND id % 3 = 0")
        }
        let seen = try await torg.read { op in try Self.compare(torg, in: op) }
        // Some of everything, so that the comparison says something.
        #expect(seen.kept > 100 && seen.shown > 100)
        await api.close()
    }

    private static func compare(_ torg: TestTorg, in op: App.Operation) throws -> (kept: Int, shown: Int) {
        var chance = Chance()
        let units: [ID<Domain.Unit>] = ["centre", "Roads", "Water"].map { torg.id($0) }
        let people: [ID<User>] = ["agent", "handler", "plumber", "leader"].map { torg.id($0) }
        let rows = try op.tx.rows("SELECT * FROM cases WHERE municipality = \(op.tenant)")
        let cases = try rows.map { row -> (id: ID<Case>, facts: Sight.Facts) in
            let subject = try Case(row)
            return (
                subject.id,
                Sight.Facts(
                    unit: subject.unit, handler: subject.handler, registeredBy: try row["registered_by"],
                    isUndistributed: subject.isUndistributed, isConfidential: subject.isConfidential)
            )
        }
        var (kept, shown) = (0, 0)
        for _ in 0..<200 {
            var user = User(
                id: people[chance.next(people.count)], municipality: op.tenant, login: "x", name: "X",
                units: Set(units.filter { _ in chance.next(3) == 0 }),
                permissions: chance.next(3) == 0 ? [.seeAllCases] : [])
            user.confidentialUnits = user.units.filter { _ in chance.next(2) == 0 }
            user.coveredUnits = Set(units.filter { _ in chance.next(4) == 0 }).subtracting(user.units)
            user.standsInFor = Set(people.filter { _ in chance.next(5) == 0 })
            for sight in [user.sight(centre: op.municipality.centre), user.confidentialSight] {
                let found = try op.tx.rows(
                    "SELECT id FROM cases WHERE municipality = \(op.tenant) AND \(CaseScope(sight).condition)"
                ).map { try $0["id"] as ID<Case> }
                let expected = cases.filter { sight.has($0.facts) }.map(\.id)
                #expect(Set(found) == Set(expected), "\(user)")
                shown += found.count
                kept += cases.count - found.count
            }
        }
        return (kept, shown)
    }
}
