import Domain
import Foundation
import Logging
import Support
import Synchronization
import Testing

@testable import App

/// Attempts and refusals are in the audit and the log, counted, and without what was typed.
@Suite struct SecurityEventTests {
    private struct Stored: Hashable {
        var kind: String
        var user: ID<User>?
        var network: String
        var count: Int
    }

    private static func events(_ torg: TestTorg) async throws -> Set<Stored> {
        try await torg.installation.read(torg.sandvik) { op in
            Set(
                try op.tx.rows("SELECT * FROM security_events WHERE municipality = \(op.tenant)").map {
                    Stored(
                        kind: try $0["kind"], user: try $0["user_id"], network: try $0["network"],
                        count: try $0["count"])
                })
        }
    }

    @Test func everythingRefusedIsCountedByTheHour() async throws {
        let torg = try await TestTorg()
        let log = RefusedLines()
        var installation = torg.installation
        installation.logger = Logger(label: "test") { _ in log }
        let client = TestClient(torg, installation: installation)
        let handler: ID<User> = torg.id("handler")
        let from = ["X-Forwarded-For": "192.0.2.7"]
        func logIn(_ login: String) async throws -> Int {
            try await client.submit(
                "/sandvik/login", from: "/sandvik/login", ["login": login, "password": "My-Secret-Word"], headers: from
            ).status
        }
        var failures = 0
        while try await logIn("handler") == 422, failures < 100 { failures += 1 }
        #expect((3..<100).contains(failures))
        // A password where the user name belongs.
        #expect(try await logIn("My-Secret-Word") != 303)
        try await client.logIn(as: "handler")
        for _ in 0..<3 { #expect(try await client.get("/sandvik/admin/people").status == 403) }
        let forged = try await client.submit("/sandvik/account", from: "", ["name": "x"], token: "1.2.3", headers: from)
        #expect(forged.status == 403)
        _ = try await client.submit(
            "/sandvik/account", from: "", ["name": "x"], token: "1.2.3",
            headers: from.merging(["Sec-Fetch-Site": "cross-site"]) { $1 })
        client.bearer = "torg_\(torg.sandvik)_wrong"
        #expect(
            try await client.call(.get, "/units", headers: ["X-Forwarded-For": "2001:db8:1:2:3:4:5:6"]).status == 401)
        client.bearer = nil
        #expect(try await client.call(.get, "/units").status == 401)
        let expected: Set<Stored> = [
            Stored(kind: "login_failed", user: handler, network: "192.0.2.7", count: failures),
            Stored(kind: "throttled", user: nil, network: "192.0.2.7", count: 1),
            Stored(kind: "login_failed", user: nil, network: "192.0.2.7", count: 1),
            Stored(kind: "forbidden", user: handler, network: "local", count: 3),
            Stored(kind: "form_forged", user: handler, network: "192.0.2.7", count: 1),
            Stored(kind: "cross_site", user: handler, network: "192.0.2.7", count: 1),
            Stored(kind: "token_refused", user: nil, network: "2001:db8:1:2::/64", count: 1),
        ]
        let found = try await Self.events(torg)
        #expect(found.symmetricDifference(expected) == [])

        // Known by kind, municipality and person, and by nothing that was typed or says where somebody is.
        let text = log.text
        #expect(text.contains("login_failed") && text.contains("sandvik") && text.contains("\(handler)"))
        for secret in ["My-Secret-Word", "192.0.2.7", "2001:db8"] { #expect(!text.contains(secret), "\(secret)") }
        #expect((7...8).contains(log.count))

        let admin = TestClient(torg)
        try await admin.logIn(as: "admin")
        let page = try await admin.get("/sandvik/admin/audit?show=refused")
        #expect(page.body.contains("Login with wrong details") && page.body.contains("192.0.2.7"))
        #expect(page.body.contains("Handler") && !page.body.contains("My-Secret-Word"))
        let one = try await admin.get("/sandvik/admin/audit?show=refused&kind=throttled")
        #expect(one.body.matches(of: /scope="row"/).count == 1)
        #expect(try await !admin.get("/sandvik/admin/audit?show=all").body.contains("wrong details"))

        torg.advance(days: Installation.securityEventLifetime + 1)
        #expect(try await torg.installation.forgetSecurityEvents() == expected.count)
        #expect(try await Self.events(torg).isEmpty)
    }

    /// Whoever has a million networks does not fill the table.
    @Test func manyNetworksShareARow() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        for index in 0..<230 {
            client.bearer = "torg_\(torg.sandvik)_wrong"
            _ = try await client.call(
                .get, "/units", headers: ["X-Forwarded-For": "198.51.\(100 + index / 200).\(index % 200)"])
        }
        let rows = try await Self.events(torg)
        #expect(rows.count == 201)
        #expect(rows.first { $0.network.isEmpty }?.count == 30)
    }
}

/// Keeps what is logged, one string a line.
private struct RefusedLines: LogHandler {
    private final class Kept: Sendable { let all = Mutex<[String]>([]) }

    private let kept = Kept()
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace
    var text: String { kept.all.withLock { $0.joined(separator: "\n") } }
    var count: Int { kept.all.withLock { $0.count { $0.contains("refused") && $0.contains("kind") } } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        kept.all.withLock { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
    }
}
