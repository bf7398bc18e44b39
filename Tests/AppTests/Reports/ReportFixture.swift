import Database
import Domain
import Support
import Testing

@testable import App

/// A municipality with cases, and a client that reads its reports.
struct ReportFixture {
    let api: Api
    let pages: TestClient
    var torg: TestTorg { api.torg }

    init(as login: String = "agent") async throws {
        api = try await Api()
        pages = TestClient(api.torg)
        try await pages.logIn(as: login)
        try await lead("Roads", by: "leader")
        try await torg.installation.write(torg.sandvik) { op in
            _ = try op.tx.run("UPDATE municipalities SET created_at = 0 WHERE id = \(op.tenant)")
        }
    }

    /// - Parameters:
    ///   - set: "UPDATE table SET …".
    ///   - condition: which rows, beside the municipality.
    func change(_ set: SQL, where condition: SQL = "1 = 1") async throws {
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run("\(set) WHERE municipality = \(op.tenant) AND \(condition)")
            try op.organisation.touch()
        }
    }

    /// The unit's leader has an e-mail address as well.
    func lead(_ unit: String, by login: String) async throws {
        let (unit, user): (ID<Unit>, ID<User>) = (torg.id(unit), torg.id(login))
        try await change("UPDATE units SET leader_id = \(user)", where: "id = \(unit)")
        try await change(
            "UPDATE users SET email = login || '@sandvik.example'", where: "login IN ('agent', 'leader', 'plumber')")
    }

    /// The contact centre has a mailbox.
    func giveCentreMailbox() async throws {
        try await change("UPDATE units SET email = 'torg@sandvik.example'", where: "name = 'Innbyggertorget'")
    }

    /// The number of a new case.
    func newCase(_ question: [String: Any] = [:]) async throws -> String {
        String(try await api.newCase(question).split(separator: "/")[1])
    }

    /// The clock goes on, and somebody logs in anew: sessions end meanwhile.
    func advance(days: Int, as login: String = "agent") async throws {
        torg.advance(days: days)
        try await pages.logIn(as: login)
    }

    func get(_ path: String) async throws -> TestClient.Answer { try await pages.get("/sandvik/reports" + path) }

    /// `address subject` of the mails about reports.
    func mails() async throws -> [OutboxMessage] {
        try await torg.installation.read(torg.sandvik) { op in
            try op.tx.rows(
                "SELECT * FROM outbox WHERE occasion IS NOT NULL AND municipality = \(op.tenant) ORDER BY id"
            )
            .map(OutboxMessage.init)
        }
    }

    func close() async { await api.close() }
}
