import Adapters
import Database
import Domain
import Testing

@testable import App
@testable import Support

/// A municipality that sends text messages, and a confidential case of it that was just registered.
struct FollowDoorScene {
    static let secret = "Kanarifugl"
    static let word = "Blåbærtur"

    let torg: TestTorg
    let installation: Installation
    let texts = Lines()

    init() async throws {
        torg = try await TestTorg()
        let texts = texts
        var installation = torg.installation
        installation.settings.sms = SMSGateway(url: "https://sms.example.org", from: "Sandvik")
        installation.sendSMS = { _, to, text, _ in texts.add("\(to) \(text)") }
        self.installation = installation
        try await installation.write(torg.sandvik) { op in
            try op.tx.run("UPDATE municipalities SET sms_to_citizens = 1 WHERE id = \(op.tenant)")
            try op.tx.run(
                "UPDATE units SET phone = '10 00 00 00' WHERE municipality = \(op.tenant) AND id = \(op.municipality.centre)"
            )
            try op.organisation.touch()
        }
    }

    func browser() -> TestClient { TestClient(torg, installation: installation) }

    /// A confidential case of the desk; its number and the link in the receipt.
    func open(
        _ person: [String: Any] = ["email": "kim@example.org", "phone": "+47 900 12 345"], word: String? = nil,
        category: String = "Care"
    ) async throws -> (number: CaseNumber, link: String) {
        let agent = browser()
        try await agent.logIn(as: "agent")
        var fields = [
            "channel": "telephone", "direction": "in", "q1_text": Self.secret, "q1_category": torg.text(category),
        ]
        for (name, value) in person { fields[name] = "\(value)" }
        fields["word"] = word
        let answer = try await agent.submit("/sandvik/contacts", from: "/sandvik/contacts/new", fields)
        #expect(answer.status == 303, "\(answer.body)")
        let mail = try #require(try await torg.mails().last { $0.contact != nil })
        let link = try #require(mail.body.firstMatch(of: #/http://torg\.test(/sandvik/follow/([0-9-]+)\?key=\S+)/#))
        return (try #require(CaseNumber(text: String(link.2))), String(link.1))
    }

    /// The agent registers one more contact about the case.
    func join(_ number: CaseNumber, _ fields: [String: String]) async throws {
        let agent = browser()
        try await agent.logIn(as: "agent")
        let question = [
            "channel": "telephone", "direction": "in", "q1_text": "It is me again", "q1_case": "\(number)",
        ]
        let answer = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new", question.merging(fields) { $1 })
        #expect(answer.status == 303, "\(answer.body)")
    }

    /// What number and address answer, together with a word.
    func find(_ number: CaseNumber, _ contact: String, _ word: String) async throws -> Int {
        try await browser().submit(
            "/sandvik/follow", from: "/sandvik/follow", ["number": "\(number)", "contact": contact, "code": word]
        ).status
    }

    func lastContact() async throws -> ID<Contact> {
        try await torg.read { op in
            try op.tx.value("SELECT max(id) FROM contacts WHERE municipality = \(op.tenant)") ?? ID(0)
        }
    }

    func post(
        _ client: TestClient, _ number: CaseNumber, _ form: String, _ fields: [String: String] = [:],
        from address: String = "192.0.2.1"
    ) async throws -> TestClient.Answer {
        try await client.submit(
            "/sandvik/follow/\(number)/\(form)", from: "/sandvik/follow/\(number)", fields,
            headers: ["X-Forwarded-For": address])
    }

    func lastCode() async throws -> String {
        _ = try await installation.deliverMessages()
        let text = try #require(texts.all.last)
        return String(try #require(text.firstMatch(of: #/ (\d{6}) /#)).1)
    }
}
