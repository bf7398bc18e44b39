import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// `/metrics`: figures for operators.
@Suite struct MetricsTests {
    private static let key = "a-key-for-the-operators"

    private func value(_ name: String, in text: String) -> Double? {
        text.split(separator: "\n").first { $0.hasPrefix(name + " ") }.flatMap { Double($0.dropFirst(name.count + 1)) }
    }

    @Test func whatWaitsAndWhatWasAnsweredIsCounted() async throws {
        let api = try await Api()
        var installation = api.torg.installation
        installation.settings.metricsKey = Self.key
        let client = TestClient(api.torg, installation: installation)
        client.bearer = Self.key
        let before = try await client.get("/metrics")
        #expect(before.status == 200 && before.header("Content-Type")?.hasPrefix("text/plain; version=0.0.4") == true)
        #expect(value("torg_outbox_oldest_due_seconds{municipality=\"sandvik\"}", in: before.body) == 0)
        _ = try await api.newCase(["text": "A lamp is out"], ["person": ["name": "Kari", "email": "kari@example.org"]])
        #expect(try await client.get("/nothing/there").status == 404)
        let after = try await client.get("/metrics").body
        let waiting = "torg_outbox_messages{municipality=\"sandvik\",state=\"waiting\"}"
        #expect(value(waiting, in: after) == (value(waiting, in: before.body) ?? 0) + 1)
        #expect(value("torg_http_requests_total{status=\"4xx\"}", in: after) ?? 0 >= 1)
        #expect(value("torg_http_requests_total{status=\"5xx\"}", in: after) != nil)
        #expect(value("torg_database_waiting{kind=\"write\"}", in: after) == 0)
        #expect(!after.contains("kari"), "nothing is told of a person")
        // As the format has it: each figure after its help and type, each value a number.
        for line in after.split(separator: "\n") where !line.hasPrefix("#") {
            let isValue =
                line.wholeMatch(of: #/torg_[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+-]+/#) != nil
            #expect(isValue, "\(line)")
        }
        await api.close()
    }

    /// A job that an earlier release had is due for ever.
    @Test func aJobThatIsNoMoreIsNotLate() async throws {
        let torg = try await TestTorg()
        var installation = torg.installation
        installation.settings.metricsKey = Self.key
        let client = TestClient(torg, installation: installation)
        client.bearer = Self.key
        let (now, known) = (torg.now, try #require(Schedule.jobs.first).name)
        try await installation.database.write(tenant: nil) { tx in
            for (name, hours) in [("gone", 1_000), (known, 2)] {
                try tx.run("INSERT INTO jobs (name, due_at) VALUES (\(name), \(now.adding(hours: -hours)))")
            }
        }
        #expect(value("torg_jobs_oldest_due_seconds", in: try await client.get("/metrics").body) == 7_200)
        await torg.close()
    }

    @Test func withoutTheKeyThereIsNoSuchAddress() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        #expect(try await client.get("/metrics").status == 404)
        var installation = torg.installation
        installation.settings.metricsKey = Self.key
        let keyed = TestClient(torg, installation: installation)
        for key in [nil, "", "wrong", Self.key + "x"] {
            keyed.bearer = key
            #expect(try await keyed.get("/metrics").status == 404)
        }
        await torg.close()
    }
}
