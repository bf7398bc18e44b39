import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// A case that a contractor has got, reported with a (made-up) personal number in it.
struct Contracted {
    static let text = "The lamp at Strandgata 14 is dark. I am 311299-00000, call 900 11 222 or kim@example.org."

    let torg: TestTorg
    /// The responsible performer, by the API.
    let handler: TestClient
    let contractor: TestClient
    let id: String
    let number: String

    init(showsContact: Bool = false, text: String = Self.text) async throws {
        torg = try await TestTorg()
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run("UPDATE users SET email = login || '@sandvik.example' WHERE municipality = \(op.tenant)")
            try op.organisation.touch()
        }
        let admin = TestClient(torg)
        try await admin.logIn(as: "admin")
        let added = try await admin.fill(
            "/sandvik/admin/contractors/new", to: "/sandvik/admin/contractors",
            [
                "name": ["Lys AS"], "email": ["post@lys.example"], "phone": ["+47 10 00 20 00"],
                "shows_contact": showsContact ? ["true"] : [],
            ])
        #expect(added.status == 303)
        handler = TestClient(torg)
        contractor = TestClient(torg)
        try await handler.useToken(of: "agent")
        let list = try await handler.call(.get, "/contractors")
        #expect(list.items.map { Set($0.keys) } == [["id", "name"]])
        id = try #require(list.items.first?["id"] as? String)
        let opened = try await handler.call(
            .post, "/contacts",
            [
                "channel": "telephone",
                "person": ["name": "Kim Ås", "email": "kim@example.org", "phone": "+47 900 11 222"],
                "questions": [
                    [
                        "text": text, "category": torg.text("Street light"), "place": "Strandgata 14",
                        "lat": 59.02,
                        "lon": 10.02,
                    ]
                ],
            ])
        number = try #require(opened.cases[0])
        let passed = try await handler.call(
            .post, "/cases/\(number)/routing", ["unit": torg.text("Roads"), "handler": torg.text("handler")])
        #expect(passed.status == 200)
        try await handler.useToken(of: "handler")
    }

    func post(_ path: String, _ body: [String: Any] = [:]) async throws -> TestClient.Answer {
        try await handler.call(.post, "/cases/\(number)/\(path)", body)
    }

    /// Passes it on, and returns the address of the link in the mail.
    func pass(note: String = "Bring the lift") async throws -> String {
        let passed = try await post("routing", ["contractor": id, "note": note])
        #expect(passed.status == 200, "\(passed.body)")
        return try await link()
    }

    /// The latest link.
    func link() async throws -> String {
        let mail = try #require(try await mails(to: "post@lys.example").last { $0.kind == .contractorCase })
        return String(try #require(mail.body.firstMatch(of: #/http://torg\.test(\S+\?key=\S+)/#)).1)
    }

    /// Opens the link as the contractor; the page without the key.
    func open(_ link: String) async throws -> (path: String, page: TestClient.Answer) {
        let led = try await contractor.get(link)
        let path = try #require(led.location)
        #expect(led.status == 303 && !path.contains("key"))
        return (path, try await contractor.get(path))
    }

    func act(_ path: String, _ name: String, _ fields: [String: String] = [:]) async throws -> TestClient.Answer {
        try await contractor.submit("\(path)/\(name)", from: path, fields)
    }

    func mails(to address: String) async throws -> [OutboxMessage] {
        try await torg.read { op in
            try op.tx.rows(
                "SELECT * FROM outbox WHERE municipality = \(op.tenant) AND address = \(address) ORDER BY id"
            ).map(OutboxMessage.init)
        }
    }

    func shown() async throws -> TestClient.Answer { try await handler.call(.get, "/cases/\(number)") }

    /// Whatever the test did, the data is whole.
    func close() async throws {
        let breaches = Collected()
        _ = try await torg.installation.verify { breaches.add($0) }
        #expect(breaches.all == [])
        await torg.close()
    }
}
