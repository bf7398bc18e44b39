import Domain
import Synchronization
import Testing

@testable import App
@testable import Support

/// The numbers beside the lists.
@Suite struct OpenCaseCountsTests {
    private func register(_ client: TestClient, _ fields: [String: String] = [:]) async throws {
        let base = ["channel": "telephone", "q1_text": "Lyset er mørkt"]
        let sent = try await client.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new", base.merging(fields) { $1 })
        #expect(sent.status == 303)
    }

    private func intake(_ page: TestClient.Answer) -> String? {
        page.body.firstMatch(of: #/(?s)href="/sandvik/intake".*?class="n">(\d+)</#).map { String($0.1) }
    }

    @Test func ownChangesAreCountedAtOnceThoughTheClockStandsStill() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        for number in 0...2 {
            #expect(intake(try await agent.get("/sandvik/intake")) == "\(number)")
            try await register(agent)
        }
        await torg.close()
    }

    @Test func aUnitsPageCountsOnlyWhatTheReaderMaySee() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        try await register(agent, ["q1_category": torg.text("Care")])
        let plumber = TestClient(torg)
        try await plumber.logIn(as: "plumber")
        let words = torg.installation.words("en")
        let page = "/sandvik/units/\(torg.text("Water"))"
        #expect(try await plumber.get(page).body.contains(words.count("list.summary.open", 1)))
        #expect(try await agent.get(page).body.contains(words.count("list.summary.open", 0)))
        #expect(try await !agent.get(page).body.contains(words.count("list.summary.open", 1)))
        await torg.close()
    }

    @Test func anOldCountGoesWithTimeThoughTheClockStandsStill() async throws {
        let torg = try await TestTorg()
        let counts = OpenCaseCounts(lifetime: .milliseconds(50))
        let calls = Calls()
        for _ in 1...2 {
            try await torg.read { op in
                _ = try counts.current(in: op) {
                    calls.add(); return try OpenCaseCounts.count(in: $0)
                }
            }
            try await Task.sleep(for: .milliseconds(60))
        }
        #expect(calls.number == 2)
        await torg.close()
    }

    @Test func onlyOneCountsAgainWhileTheOthersMakeDo() async throws {
        let torg = try await TestTorg()
        let counts = OpenCaseCounts(lifetime: .zero)
        try await torg.read { op in
            let calls = Calls()
            func count(_ op: App.Operation) throws -> OpenCaseCounts.Counts {
                calls.add()
                // Somebody else comes meanwhile.
                if calls.number == 2 { _ = try counts.current(in: op, counting: count) }
                // And whoever counts without success does not leave the others with the old count for ever.
                if calls.number == 2 { throw Refusal.notFound }
                return try OpenCaseCounts.count(in: op)
            }
            _ = try counts.current(in: op, counting: count)
            #expect(throws: Refusal.notFound) { try counts.current(in: op, counting: count) }
            #expect(calls.number == 2)
            _ = try counts.current(in: op, counting: count)
            #expect(calls.number == 3)
        }
        await torg.close()
    }

    @Test func aCountBegunBeforeAChangeIsNotKept() async throws {
        let torg = try await TestTorg()
        let counts = OpenCaseCounts(lifetime: .seconds(60))
        try await torg.read { op in
            let calls = Calls()
            for _ in 1...3 {
                _ = try counts.current(in: op) {
                    calls.add()
                    if calls.number == 1 { counts.forget(op.tenant) }
                    return try OpenCaseCounts.count(in: $0)
                }
            }
            #expect(calls.number == 2)
        }
        await torg.close()
    }
}

private final class Calls: Sendable {
    private let made = Mutex(0)
    var number: Int { made.withLock { $0 } }
    func add() { made.withLock { $0 += 1 } }
}
