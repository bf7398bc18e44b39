import Domain
import Support
import Testing

@testable import App

/// The jobs run while the clock is a year ahead, and what they do then does no harm for good.
@Suite struct ClockJumpTests {
    /// What was reminded of a year too early is reminded of again when it is time.
    @Test func noReminderIsUsedUp() async throws {
        let api = try await Api()
        let torg = api.torg
        let path = try await api.newCase(["unit": torg.text("Roads")])
        let before = torg.now
        _ = try await torg.installation.runDueJobs()
        // In office hours.
        torg.advance(days: 364)
        _ = try await torg.installation.runDueJobs()
        #expect(try await api.count("events WHERE kind = 'reminder_sent'") > 3)
        torg.advance(to: before.adding(minutes: 2))
        let early = Collected()
        _ = try await torg.installation.verify { early.add($0) }
        #expect(early.all.contains { $0.name == "reminded_too_early" })
        _ = try await torg.installation.runDueJobs()
        #expect(try await api.count("alerts WHERE 1 = 1") == 0)
        #expect(try await api.count("cases WHERE reminded <> ''") == 0)
        let left = Collected()
        _ = try await torg.installation.verify { left.add($0) }
        #expect(left.all.filter { !$0.text.contains("lies in the future") }.map(\.description) == [])
        func bell() async throws -> Int { try await api.count("alerts WHERE step = 'missed'") }
        for (days, told) in [(1, 0), (2, 2)] {
            torg.advance(to: before.adding(days: days, minutes: 3))
            _ = try await torg.installation.runDueJobs()
            #expect(try await bell() == told, "after \(days) days")
        }
        let again = Collected()
        _ = try await torg.installation.verify { again.add($0) }
        #expect(again.all.filter { !$0.text.contains("lies in the future") }.map(\.description) == [])
        let page = TestClient(torg)
        try await page.logIn(as: "agent")
        #expect(try await page.get("/sandvik" + path).body.contains("does not count: the clock was wrong"))
        await api.close()
    }

    /// Nor is what keeps a thing from being done twice thrown away.
    @Test func whatGuardsAgainstTwiceIsKept() async throws {
        let api = try await Api()
        let torg = api.torg
        _ = try await torg.installation.runDueJobs()
        let body: [String: Any] = ["channel": "visit", "questions": [["text": "The playground swing is broken"]]]
        let first = try await api.post("/contacts", body, key: "a-1")
        let before = torg.now
        torg.advance(days: 365)
        let done = try await torg.installation.runDueJobs().map(\.name).filter { !["tasks", "history"].contains($0) }
        #expect(!done.isEmpty && done.allSatisfy { name in Schedule.jobs.contains { $0.name == name && !$0.forgets } })
        torg.advance(minutes: 30)
        _ = try await torg.installation.runDueJobs()
        torg.advance(to: before.adding(minutes: 31))
        _ = try await torg.installation.runDueJobs()
        let again = try await api.post("/contacts", body, key: "a-1")
        #expect(again.status == 201 && again.body == first.body)
        #expect(try await api.count("contacts WHERE 1 = 1") == 1)
        await api.close()
    }

    /// Where the clock is right after all, and jobs are seldom run, what is old goes the next time.
    @Test func whereJobsRunOnceADayTheyForgetAllTheSame() async throws {
        let api = try await Api()
        let torg = api.torg
        _ = try await torg.installation.runDueJobs()
        _ = try await api.post("/contacts", ["channel": "visit", "questions": [["text": "A swing"]]], key: "a-1")
        for _ in 0..<9 {
            torg.advance(days: 1)
            _ = try await torg.installation.runDueJobs()
        }
        #expect(try await api.count("idempotency_keys WHERE 1 = 1") == 0)
        await api.close()
    }
}
