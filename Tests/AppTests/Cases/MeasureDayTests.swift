import Database
import Domain
import Foundation
import Support
import Testing

@testable import App

/// A measure's day is watched like a deadline, on closed cases too (R5.8); and after a reopening, what was done before is
/// not enough.
@Suite struct MeasureDayTests {
    private static let plan = ["kind": "preventive", "what": "New cable", "who": "Crew", "due_at": "2026-07-23"]
    private static let refusing = ["answer": "Not ours", "outcome": "no_action", "reason": "not_responsible"]

    @Test func aClosedCaseIsRemindedOfUntilTheMeasureIsDone() async throws {
        let api = try await Api()
        let torg = api.torg
        let path = try await api.newCase(
            ["unit": torg.text("Roads")], ["person": ["name": "Per", "email": "per@example.org"]])
        let number = String(path.dropFirst("/cases/".count))
        let measure = try #require(try await api.post(path + "/measures", Self.plan).json["id"] as? String)
        let closed = try await api.post(path + "/closure", Self.refusing)
        #expect(closed.state == "closed" && closed.json["next_due_kind"] as? String == "measure")
        // Thursday morning, when it has passed, and some days later to the leader.
        for _ in 1...8 {
            torg.advance(days: 1)
            _ = try await torg.installation.remindOfDeadlines()
        }
        let steps = try await api.get(path + "/events").items.compactMap { event -> String? in
            guard event["kind"] as? String == "reminder_sent", let data = event["data"] as? [String: Any] else {
                return nil
            }
            return "\(data["deadline"] ?? "") \(data["step"] ?? "")"
        }
        #expect(steps == ["measure before", "measure missed", "measure escalated"])
        try await api.client.logIn(as: "agent")
        for page in [
            "/sandvik/watch", "/sandvik/watch?show=measure", "/sandvik/units/\(torg.text("Roads"))",
            "/sandvik/reports/open",
        ] {
            let body = try await api.client.get(page).body
            #expect(body.contains(number) && body.contains("Measure: "), "\(page)")
        }
        #expect(try await api.client.get("/sandvik" + path).body.contains("Measure: "))
        _ = try await torg.installation.verify { Issue.record("\($0)") }
        #expect(try await api.post(path + "/measures/\(measure)", ["done_at": "2026-07-28"]).status == 200)
        #expect(try await api.get(path).json["next_due_at"] is NSNull)
        #expect(try await !api.client.get("/sandvik/watch").body.contains(number))
        #expect(try await api.count("alerts WHERE kind = 'measure' AND read_at IS NULL") == 0)
        _ = try await torg.installation.verify { Issue.record("\($0)") }
        await api.close()
    }

    @Test func whatWasDoneBeforeTheReopeningIsNotEnough() async throws {
        let api = try await Api()
        let path = try await api.newCase(
            ["unit": api.torg.text("Roads")], ["person": ["name": "Per", "email": "per@example.org"]])
        let taken: [String: Any] = ["answer": "Mended", "outcome": "measures_taken"]
        let done: [String: Any] = ["measure_what": "Lamp", "measure_who": "Crew", "measure_done_at": "2026-07-20"]
        #expect(try await api.post(path + "/closure", taken.merging(done) { $1 }).status == 200)
        #expect(try await api.delete(path + "/closure", ["reason": "still dark"]).state != "closed")
        let refused = try await api.post(path + "/closure", taken)
        #expect((refused.status, refused.code) == (422, "closure.measure_required"))
        try await api.client.logIn(as: "leader")
        #expect(try await api.client.get("/sandvik" + path).body.contains("name=\"measure_what\""))
        // The clock stands still, and yet it was done afterwards.
        #expect(try await api.post(path + "/closure", taken.merging(done) { $1 }).status == 200)
        _ = try await api.torg.installation.verify { Issue.record("\($0)") }
        await api.close()
    }

    @Test func aColleagueWhoOpensACaseAgainTellsWhoeverHasIt() async throws {
        let api = try await Api()
        try await api.torg.installation.write(api.torg.sandvik) { op in
            try op.tx.run("UPDATE users SET email = login || '@sandvik.example' WHERE municipality = \(op.tenant)")
            try op.organisation.touch()
        }
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        _ = try await api.post(path + "/routing", ["handler": api.torg.text("handler")])
        _ = try await api.post(path + "/closure", Self.refusing)
        _ = try await api.delete(path + "/closure", ["reason": "still dark"])
        #expect(
            try await api.count("outbox WHERE kind = 'case_reopened' AND address = 'handler@sandvik.example'") == 1)
        await api.close()
    }

    /// What a municipality had before stays as it counted, and what is left to do is found.
    @Test func storedCasesKeepWhatCountedAndTheirMeasuresAreWatched() async throws {
        let api = try await Api()
        let torg = api.torg
        let path = try await api.newCase(["unit": torg.text("Roads")])
        _ = try await api.post(path + "/measures", Self.plan)
        _ = try await api.post(path + "/closure", Self.refusing)
        try await torg.installation.write(torg.sandvik) { op in
            // As the migration leaves it, before the job has been there.
            _ = try op.tx.run(
                "UPDATE cases SET next_reminder_at = NULL, reminded = '' WHERE municipality = \(op.tenant)")
        }
        #expect(try await torg.installation.renewDeadlines() == 1)
        torg.advance(days: 3)
        #expect(try await torg.installation.remindOfDeadlines() == 1)
        await api.close()
    }
}
