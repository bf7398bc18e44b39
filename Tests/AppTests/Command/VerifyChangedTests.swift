import Database
import Domain
@testable import Support
import Synchronization
import Testing

@testable import App

/// `torg verify --changed`: what has happened since everything was right.
@Suite struct VerifyChangedTests {
    private func verify(_ api: Api, onlyChanged: Bool = true) async throws -> (cases: Int, breaches: [String]) {
        let collected = Collected()
        let cases = try await api.torg.installation.verify(onlyChanged: onlyChanged) { collected.add($0) }
        return (cases, collected.all.map(\.name))
    }

    private func spoil(_ path: String, _ api: Api, _ change: SQL) async throws {
        let number = try #require(CaseNumber(text: String(path.split(separator: "/").last ?? "")))
        _ = try await api.torg.installation.write(api.torg.sandvik) { op in
            try op.tx.run("UPDATE cases SET \(change) WHERE municipality = \(op.tenant) AND number = \(number.sortKey)")
        }
    }

    @Test func onlyWhatHasChangedIsLookedAt() async throws {
        let api = try await Api()
        let old = try await api.newCase()
        for _ in 0..<2 { _ = try await api.newCase() }
        #expect(try await verify(api) == (3, []), "nothing was looked at before")
        #expect(try await verify(api) == (0, []))
        _ = try await api.newCase()
        #expect(try await verify(api) == (1, []))
        #expect(try await verify(api, onlyChanged: false) == (4, []))

        try await spoil(old, api, "reason = 'Planted'")
        #expect(try await verify(api) == (0, []), "changed past Torg")
        #expect(try await verify(api, onlyChanged: false) == (4, ["open_with_closure"]))
        await api.close()
    }

    /// What was found wrong is told again until it is right.
    @Test func aBreachIsToldUntilItIsMended() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        try await spoil(path, api, "reason = 'Planted'")
        for _ in 0..<2 { #expect(try await verify(api) == (1, ["open_with_closure"])) }
        try await spoil(path, api, "reason = NULL")
        #expect(try await verify(api) == (1, []))
        #expect(try await verify(api) == (0, []))
        await api.close()
    }

    @Test func howFarItIsIsTold() async throws {
        let api = try await Api()
        for _ in 0..<3 { _ = try await api.newCase() }
        let done = Mutex<[VerifyProgress.Part: Int]>([:])
        _ = try await api.torg.installation.verify(progress: { progress in
            done.withLock { $0[progress.part, default: 0] += progress.more }
        }) { Issue.record("\($0)") }
        #expect(done.withLock(\.self)[.cases] == 3)
        #expect(done.withLock(\.self)[.rules] == Invariant.stored.count)
        await api.close()
    }

    /// One pass over the cases says that none of their rules is broken, or that one is.
    @Test func onePassTellsOfAnyRule() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let rules = Invariant.stored.filter { $0.breach != nil }
        #expect(rules.count > 10)
        func isWrong() async throws -> Bool {
            try await api.torg.read { op in
                try op.tx.row(Invariant.screen(rules, in: VerifyScope(tenant: op.tenant))) != nil
            }
        }
        #expect(try await !isWrong())
        try await spoil(path, api, "reason = 'Planted'")
        #expect(try await isWrong())
        await api.close()
    }
}
