import Domain
import Foundation
import Logging
import Synchronization
import Testing

@testable import App
@testable import Support

/// What stands in the log is read by others than the municipality's own.
@Suite struct LogTests {
    @Test func theLogHoldsNoSecretsAndNobodysWords() async throws {
        let torg = try await TestTorg()
        let log = Log()
        var installation = torg.installation
        installation.logger = Logger(label: "test") { _ in log }
        installation.logger.logLevel = .trace
        let client = TestClient(torg, installation: installation)
        let wrong = try await client.submit(
            "/sandvik/login", from: "/sandvik/login", ["login": "agent", "password": "a-wrong-password"])
        #expect(wrong.status == 422)
        let right = try await client.submit(
            "/sandvik/login", from: "/sandvik/login", ["login": "agent", "password": "torg-demo"])
        #expect(right.status == 303)
        let report = ["text": "A secret lamp", "email": "kim@example.org", "phone": "90011222", "name": "Kim Secret"]
        let sent = try await client.submit("/sandvik/report", from: "/sandvik/report", report)
        let receipt = try await client.get(try #require(sent.location))
        let key = String(try #require(receipt.body.firstMatch(of: #/\?key(?:=|&#61;|&#x3D;)([A-Za-z0-9_\-]+)/#)).1)
        #expect(try await client.get("\(try #require(sent.location))?key=\(key)").status == 303)
        try await torg.installation.database.write(tenant: nil) { tx in
            _ = try tx.run("ALTER TABLE contacts RENAME TO elsewhere")
        }
        let token = try await client.get("/sandvik/report").formToken
        let failed = try await client.submit("/sandvik/report?key=\(key)", from: "", report, token: token)
        #expect(failed.status == 500)
        let text = log.text
        #expect(text.contains("request failed"), "something was logged")
        for secret in [
            "a-wrong-password", "torg-demo", key, token, "key=", "kim@", "90011222", "Secret", "secret lamp",
        ] { #expect(!text.contains(secret), "\(secret)") }
        for cookie in client.cookies.values { #expect(!text.contains(cookie)) }
        await torg.close()
    }
}

/// Keeps what is logged.
private struct Log: LogHandler {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private let lines = Lines()
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace
    var text: String { lines.all.withLock { $0.joined(separator: "\n") } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.all.withLock { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
    }
}
