import Database
import Domain
import Support
import Testing

@testable import App

/// Reminders in the running application: each once, in office hours, remembered in the history.
@Suite struct RemindTests {
    private func reminders(_ api: Api, _ path: String) async throws -> [String] {
        let events = try await api.get(path + "/events?limit=200").json["items"] as? [[String: Any]]
        return (events ?? []).filter { $0["kind"] as? String == "reminder_sent" }.compactMap { event in
            let data = event["data"] as? [String: Any]
            guard let deadline = data?["deadline"] as? String, let step = data?["step"] as? String else { return nil }
            return deadline + " " + step
        }
    }

    @Test func eachDeadlineIsRemindedOfOnce() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        #expect(try await api.torg.installation.remindOfDeadlines() == 0)
        // Registered on Monday 20 July 2026; acknowledged by Tuesday. At Tuesday's opening it is due today.
        api.torg.advance(minutes: 24 * 60)
        #expect(try await api.torg.installation.remindOfDeadlines() == 1)
        #expect(try await api.torg.installation.remindOfDeadlines() == 0)
        #expect(try await reminders(api, path) == ["acknowledge before"])
        // Nothing at night, and nothing lost by it.
        api.torg.advance(minutes: 14 * 60)
        #expect(try await api.torg.installation.remindOfDeadlines() == 0)
        api.torg.advance(minutes: 10 * 60)
        #expect(try await api.torg.installation.remindOfDeadlines() == 1)
        #expect(try await reminders(api, path) == ["acknowledge before", "acknowledge missed"])
        // What is acknowledged is not reminded of any more.
        #expect(try await api.post(path + "/acknowledgement", [:]).status == 200)
        api.torg.advance(minutes: 24 * 60)
        #expect(try await api.torg.installation.remindOfDeadlines() == 0)
        let alerts: Int? = try await api.torg.installation.read(api.torg.sandvik) { op in
            try op.tx.value("SELECT count(*) FROM alerts WHERE municipality = \(op.tenant)")
        }
        // To the unit, whose posts nobody holds, then to it and the contact centre.
        #expect(alerts == 3)
        await api.close()
    }

    @Test func aReminderDisturbsNobodyWhoIsWriting() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        let version = try await api.get(path).json["version"] as? Int
        api.torg.advance(minutes: 24 * 60)
        #expect(try await api.torg.installation.remindOfDeadlines() == 1)
        #expect(try await api.get(path).json["version"] as? Int == version)
        await api.close()
    }

    @Test func aPersonSoughtCallsBackWithinTwoDaysAndAComplaintHasFive() async throws {
        let api = try await Api()
        try await api.torg.installation.write(api.torg.sandvik) { op in
            try op.tx.run("UPDATE categories SET is_complaint = 1 WHERE municipality = \(op.tenant)")
            try op.organisation.touch()
        }
        let called = try await api.newCase(["call_back": true])
        let complaint = try await api.newCase(["category": api.torg.text("Street light")])
        let kinds = { (path: String) async throws -> Set<String> in
            let clocks = try await api.get(path).json["clocks"] as? [[String: Any]]
            return Set((clocks ?? []).compactMap { $0["kind"] as? String })
        }
        #expect(try await kinds(called) == ["acknowledge", "call_back", "close"])
        #expect(try await kinds(complaint) == ["acknowledge", "answer", "close"])
        await api.close()
    }
}
