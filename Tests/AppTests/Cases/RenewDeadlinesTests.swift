import Database
import Domain
import Foundation
import Support
import Testing

@testable import App

/// Deadlines follow the targets they are reckoned by, also of cases that are open already.
@Suite struct RenewDeadlinesTests {
    private func breaches(_ torg: TestTorg) async throws -> [String] {
        let found = Found()
        _ = try await torg.installation.verify { found.add($0.name) }
        return found.names
    }

    @Test func anotherTargetMovesTheOpenCases() async throws {
        let api = try await Api()
        let light = api.torg.text("Street light")
        let path = try await api.newCase(["category": light])
        _ = try await api.post(path + "/acknowledgement")
        _ = try await api.post(path + "/feedback", ["message": "We come"])
        let other = try await api.newCase(["category": api.torg.text("Water leak")])
        let before = try await api.stored(path)
        let untouched = try await api.stored(other)
        try await api.client.logIn(as: "admin")
        let form = "/sandvik/admin/categories/\(light)"
        #expect(try await api.client.fill(form, to: form, ["close_days": ["3"]]).status == 303)
        let after = try await api.stored(path)
        #expect(before != after)
        #expect(try await api.stored(other) == untouched)
        #expect(try await breaches(api.torg) == [])
        // Who changes the case does so from the version that they saw.
        #expect(try await api.get(path).json["version"] as? Int == 3)
        await api.close()
    }

    @Test func theJobFindsWhatWasStoredByOldTargets() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let right = try await api.stored(path)
        try await api.torg.installation.write(api.torg.sandvik) { op in
            _ = try op.tx.run(
                "UPDATE cases SET next_due_at = next_due_at + 1, list_order = 5 WHERE municipality = \(op.tenant)")
        }
        #expect(try await breaches(api.torg) != [])
        #expect(try await api.torg.installation.renewDeadlines() == 1)
        #expect(try await api.stored(path) == right)
        #expect(try await api.torg.installation.renewDeadlines() == 0)
        await api.close()
    }

    /// More than one portion: the first at once, the rest afterwards; nothing is wrong meanwhile.
    @Test func manyAreReckonedAnewInPortions() async throws {
        let api = try await Api()
        let (torg, light) = (api.torg, api.torg.text("Street light"))
        let path = try await api.newCase(["category": light])
        try await torg.installation.write(torg.sandvik, as: { _, _, _ in .system }) { op in
            let number = try #require(CaseNumber(text: path.dropFirst("/cases/".count)))
            var subject = try op.cases.load(number, in: .everything)
            for _ in 0..<RenewDeadlines.portion {
                subject = Case(
                    id: op.newID(), number: try op.cases.nextCaseNumber(at: op.now), createdAt: op.now, title: "Dark",
                    category: subject.category, unit: subject.unit, isPassedOn: true)
                try op.cases.insert(subject, registeredBy: nil)
            }
        }
        try await api.client.logIn(as: "admin")
        let form = "/sandvik/admin/categories/\(light)"
        let wrong: SQL =
            "cases WHERE category_id = \(torg.id("Street light", of: Domain.Category.self)) AND next_due_at ="
        let before = try #require(try await api.stored(path).first ?? nil)
        #expect(try await api.client.fill(form, to: form, ["acknowledge_days": ["7"]]).status == 303)
        #expect(try await api.count("\(wrong) \(before)") == 1)
        #expect(try await breaches(torg).filter { $0 == "deadline_differs" } == [])
        #expect(try await torg.installation.runTasks() == 1)
        #expect(try await api.count("\(wrong) \(before)") == 0)
        #expect(try await breaches(torg).filter { $0 == "deadline_differs" } == [])
        await api.close()
    }

    private final class Found: @unchecked Sendable {
        private let lock = NSLock()
        private var all: [String] = []
        func add(_ name: String) { lock.withLock { all.append(name) } }
        var names: [String] { lock.withLock { all } }
    }
}

extension Api {
    /// The deadline and the place in lists, as they stand in the table.
    fileprivate func stored(_ path: String) async throws -> [Int64?] {
        let number = CaseNumber(text: path.dropFirst("/cases/".count))?.sortKey
        return try await torg.installation.read(torg.sandvik) { op in
            let row = try op.tx.row(
                "SELECT next_due_at, list_order FROM cases WHERE municipality = \(op.tenant) AND number = \(number)")
            return [try row?["next_due_at"], try row?["list_order"]]
        }
    }
}

extension Installation {
    /// As the task of the night does it.
    ///
    /// - Returns: how many deadlines were changed.
    func renewDeadlines() async throws -> Int {
        try await inEachMunicipality { municipality in
            try await write(municipality, as: { _, _, _ in .system }) { op in
                var task = RenewDeadlines()
                var total = 0
                while true {
                    let step = try task.perform(in: op)
                    total += step.count
                    if step.isOver { return total }
                }
            }
        }
    }
}
