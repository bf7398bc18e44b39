import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// A citizen follows, answers, disagrees; and nobody else does.
@Suite struct FollowTests {
    let torg: TestTorg
    let kim: TestClient
    let number: CaseNumber

    init() async throws {
        torg = try await TestTorg()
        kim = TestClient(torg)
        let sent = try await kim.submit(
            "/sandvik/report", from: "/sandvik/report",
            [
                "text": "Kim's lamp is dark", "place": "Kim's house", "email": "kim@example.org",
                "phone": "+47 900 11 222", "category": torg.text("Street light"),
            ])
        number = try #require(sent.location?.split(separator: "/").last.flatMap { CaseNumber(text: $0) })
    }

    var path: String { "/sandvik/follow/\(number)" }

    /// Somebody at work does something to the case.
    func staff<UseCase: CaseUseCase>(_: UseCase.Type, _ fields: [String: String]) async throws {
        let agent: ID<User> = torg.id("agent")
        let number = number
        try await torg.installation.write(
            torg.sandvik,
            as: { _, directory, _ in
                guard let user = directory.people[agent]?.user else { throw Refusal.notFound }
                return .user(user)
            }
        ) { op in
            var input = InputReader(form: FormInput(values: fields.mapValues { [$0] }))
            let useCase = try UseCase(&input, in: op)
            try input.finish()
            try useCase.perform(on: number, version: nil, in: op)
        }
    }

    /// Somebody else about the same thing, registered by the desk. Returns the link of their receipt.
    func joinOla() async throws -> String {
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        let answer = try await client.call(
            .post, "/contacts",
            [
                "channel": "telephone", "person": ["name": "Ola", "email": "ola@example.org"],
                "questions": [["text": "Ola says it is dark too", "case": "\(number)"]],
            ])
        #expect(answer.status == 201)
        let mails = try await torg.read { op in
            try op.tx.rows("SELECT * FROM outbox WHERE municipality = \(op.tenant) AND address = 'ola@example.org'")
                .map(OutboxMessage.init)
        }
        #expect(mails.count == 1)
        // Not the key, in which any three letters may stand.
        #expect(!mails[0].body.replacing(/key=\S+/, with: "").contains("Kim"))
        let link = try #require(mails[0].body.firstMatch(of: #/http://torg\.test(\S+key=\S+)/#))
        return String(link.1)
    }

    func find(
        _ client: TestClient, _ number: String, _ contact: String, from address: String = "192.0.2.9"
    ) async throws -> TestClient.Answer {
        try await client.submit(
            "/sandvik/follow", from: "/sandvik/follow", ["number": number, "contact": contact],
            headers: ["X-Forwarded-For": address])
    }

    @Test func theCitizenReadsWhatHappenedAndNothingElse() async throws {
        try await staff(PassOnCase.self, ["unit": torg.text("Roads"), "note": "secret note"])
        try await staff(AcknowledgeCase.self, [:])
        try await staff(NoteOnCase.self, ["note": "another secret"])
        try await staff(GiveFeedback.self, ["message": "We have ordered a lamp", "notify": "true"])
        // It has to be acknowledged anew, and lies where it lay.
        try await staff(MarkAcute.self, ["acute": "true", "reason": "a secret fire"])
        let page = try await kim.get(path)
        #expect(page.body.ranges(of: "Your case was passed to Roads").count == 1)
        #expect(page.body.contains("Roads has taken over your case"))
        #expect(page.body.contains("We have ordered a lamp"))
        #expect(!page.body.contains("secret"))
        #expect(!page.body.contains("Agent"))
        let swedish = try await kim.get(path + "?language=sv")
        #expect(swedish.body.contains("<html lang=\"sv\">"))
        #expect(swedish.body.contains("We have ordered a lamp"))
        await torg.close()
    }

    @Test func twoReportersDoNotSeeEachOthersWords() async throws {
        try await staff(GiveFeedback.self, ["message": "Dear Kim, we come to your house", "notify": "true"])
        let link = try await joinOla()
        try await staff(GiveFeedback.self, ["message": "Dear both, it is mended", "notify": "true"])
        let ola = TestClient(torg)
        let shown = try await ola.open(link)
        #expect(shown.body.contains("Ola says it is dark too"))
        #expect(shown.body.contains("Dear both"))
        #expect(!shown.body.contains("Kim"))
        let own = try await kim.get(path)
        #expect(own.body.contains("Dear Kim"))
        #expect(own.body.contains("Dear both"))
        #expect(!own.body.contains("Ola"))

        try await staff(CloseCase.self, ["answer": "Done", "outcome": "no_action", "reason": "already_mended"])
        let reopened = try await kim.submit(path + "/reopening", from: path, ["reason": "Kim is not content"])
        #expect(reopened.status == 303)
        #expect(try await kim.get(path).body.contains("Kim is not content"))
        #expect(try await !ola.get(path).body.contains("not content"))
        let mails = try await torg.read { op in
            try op.tx.rows("SELECT address, body FROM outbox WHERE municipality = \(op.tenant) AND kind = 'reopened'")
                .map {
                    let body: String = try $0["body"]
                    let mail: (String, String) = (try $0["address"], body.replacing(/key=\S+/, with: ""))
                    return mail
                }
        }
        #expect(Set(mails.map(\.0)) == ["kim@example.org", "ola@example.org"])
        #expect(!mails.contains { $0.0 == "ola@example.org" && $0.1.contains("Kim") })
        await torg.close()
    }

    @Test func mailsAreShownOnlyWhileDeveloping() async throws {
        #expect(try await kim.get("/sandvik/mails").status == 404)
        var development = torg.installation
        development.settings.isDevelopment = true
        let client = TestClient(torg, installation: development)
        let list = try await client.get("/sandvik/mails")
        #expect(list.body.contains("kim@example.org"))
        let link = try #require(list.body.firstMatch(of: #/href="(/sandvik/mails\?mail[^"]+)"/#)).1
        let one = try await client.get(String(link).replacing("&#x3D;", with: "="))
        #expect(one.body.contains("Follow the case here"))
        #expect(try await client.get("/sandvik/mails?mail=x").status == 200)
        let proxied = try await client.send(.get, "/sandvik/mails", headers: ["X-Forwarded-For": "127.0.0.1"])
        #expect(proxied.status == 404, "not for those who come through a proxy")
        await torg.close()
    }
}
