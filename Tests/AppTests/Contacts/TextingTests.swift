import Adapters
import Database
import Domain
import Testing

@testable import App
@testable import Support

/// "By text message" with a telephone that takes none would mean silence.
@Suite struct TextingTests {
    private let torg: TestTorg
    private let client: TestClient
    private let landLine = "22 33 44 55"

    init() async throws {
        torg = try await TestTorg()
        var installation = torg.installation
        installation.settings.sms = SMSGateway(url: "https://sms.example.org", from: "Sandvik")
        installation.sendSMS = { _, _, _, _ in }
        client = TestClient(torg, installation: installation)
        try await installation.write(torg.sandvik) { op in
            try op.tx.run("UPDATE municipalities SET sms_to_citizens = 1 WHERE id = \(op.tenant)")
            try op.organisation.touch()
        }
    }

    @Test func aLandLineIsRefusedWhereverTextsAreChosen() async throws {
        try await client.useToken(of: "agent")
        let body: [String: Any] = [
            "channel": "telephone", "person": ["phone": landLine, "by_sms": true], "questions": [["text": "Dark"]],
        ]
        let answer = try await client.call(.post, "/contacts", body)
        #expect(answer.status == 422 && answer.faults == ["person.phone phone_takes_no_sms"])
        client.bearer = nil
        for phone in [landLine, ""] {
            let report = try await client.submit(
                "/sandvik/report", from: "/sandvik/report", ["text": "Dark", "phone": phone, "by_sms": "true"])
            #expect(report.status == 422 && report.body.contains("id=\"phone-error\""))
        }
        try await client.logIn(as: "agent")
        let fields = ["channel": "telephone", "q1_text": "Dark", "by_sms": "true"]
        let register = try await client.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new", fields.merging(["phone": landLine]) { $1 })
        #expect(register.status == 422 && register.body.contains("id=\"phone-error\""))
        let made = try await client.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new", fields.merging(["phone": "47 900 12 345"]) { $1 })
        let contact = try #require(made.location)
        #expect(try await torg.mails().map(\.address) == ["+4790012345"], "mended")
        let page = try await client.get(contact)
        #expect(page.body.contains("by text message to +47 900 12 345"), "what went where")
        #expect(!page.body.contains("give the person the number"))
        let corrected = try await client.submit(
            contact + "/person", from: contact, ["phone": landLine, "by_sms": "true"])
        #expect(corrected.status == 422 && corrected.body.contains("does not take text messages"))
        let path = try await torg.read { op -> String in
            let number: Int64 = try #require(
                try op.tx.value("SELECT number FROM cases WHERE municipality = \(op.tenant)"))
            return op.paths(.case, CaseNumber(sortKey: number))
        }
        let routed = try await client.submit(
            path + "/routing", from: path, ["unit": torg.text("Roads"), "phone": landLine])
        #expect(routed.status == 422 && routed.body.contains("does not take text messages"))
        await torg.close()
    }

    @Test func withoutMailAndTextTheNumberIsGiven() async throws {
        try await client.logIn(as: "agent")
        let made = try await client.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new",
            ["channel": "telephone", "q1_text": "Dark", "phone": landLine, "wants_updates": "true"])
        let page = try await client.get(try #require(made.location))
        #expect(page.body.contains("No receipt can be sent: give the person the number."))
        await torg.close()
    }
}
