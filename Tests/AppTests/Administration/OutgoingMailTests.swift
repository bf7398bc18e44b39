import Database
import Domain
import Support
import Testing

@testable import App

/// Mails that did not arrive, and what the system manager can do about them.
@Suite struct OutgoingMailTests {
    /// Registers a contact with a receipt and puts its mail into a state.
    private static func mail(
        _ state: String, about category: String = "Street light", _ torg: TestTorg, _ client: TestClient
    ) async throws -> ID<OutboxMessage> {
        try await client.useToken(of: "agent")
        let registered = try await client.call(
            .post, "/contacts",
            [
                "channel": "telephone", "person": ["email": "aud@example.org"],
                "questions": [["text": "It is dark here", "category": torg.text(category)]],
            ])
        #expect(registered.status == 201)
        return try await torg.installation.write(torg.sandvik) { op in
            let id: ID<OutboxMessage>? = try op.tx.value(
                "SELECT max(id) FROM outbox WHERE municipality = \(op.tenant) AND address = 'aud@example.org'")
            let mail = try #require(id)
            try op.tx.run(
                """
                UPDATE outbox SET state = \(state), attempts = 3, fault = 'mailbox full'
                WHERE municipality = \(op.tenant) AND id = \(mail)
                """)
            return mail
        }
    }

    private static func state(_ mail: ID<OutboxMessage>, _ torg: TestTorg) async throws -> String? {
        try await torg.installation.read(torg.sandvik) { op in
            try op.tx.value("SELECT state FROM outbox WHERE municipality = \(op.tenant) AND id = \(mail)")
        }
    }

    @Test func aFailedMailIsTriedAgain() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let mail = try await Self.mail("failed", torg, client)
        try await client.logIn(as: "admin")
        #expect(try await client.get("/sandvik/admin").body.contains("1 mail needs a hand"))
        let list = try await client.get("/sandvik/admin/mail?show=failed")
        #expect(list.body.contains("aud@example.org"))
        #expect(try await client.get("/sandvik/admin/mail?show=uncertain").body.contains("nothing has gone wrong"))
        let page = "/sandvik/admin/mail/\(mail)"
        let opened = try await client.get(page)
        #expect(opened.body.contains("mailbox full") && !opened.body.contains("It is dark here"))
        let form = try #require(HTMLForm(opened.body, to: page + "/retry"))
        #expect(try await client.send(form).status == 303)
        #expect(try await Self.state(mail, torg) == "waiting")
        let again = try await client.submit(page + "/retry", from: "/sandvik/admin/units/new", [:])
        #expect(again.status == 422)
    }

    @Test func anUncertainMailIsSentAgainOnlyByWhoKnowsThatItMayArriveTwice() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let mail = try await Self.mail("uncertain", torg, client)
        try await client.logIn(as: "admin")
        let page = "/sandvik/admin/mail/\(mail)"
        let unasked = try await client.fill(page, to: page + "/retry")
        #expect(unasked.status == 422)
        #expect(unasked.body.contains("id=\"twice-error\""))
        #expect(try await Self.state(mail, torg) == "uncertain")
        #expect(try await client.fill(page, to: page + "/retry", ["twice": ["true"]]).status == 303)
        #expect(try await Self.state(mail, torg) == "waiting")
    }

    @Test func whatAConfidentialLetterSaysIsNotShown() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let mail = try await Self.mail("failed", about: "Care", torg, client)
        try await client.logIn(as: "admin")
        let opened = try await client.get("/sandvik/admin/mail/\(mail)")
        #expect(opened.status == 200)
        #expect(!opened.body.contains("It is dark here") && !opened.body.contains("@"))
        #expect(opened.body.contains("What the letter says is not shown"))
    }

    @Test func whoMaySeeTheCaseReadsTheLetterButNotTheKey() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let mail = try await Self.mail("failed", torg, client)
        let agent: ID<User> = torg.id("agent")
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                """
                INSERT INTO user_roles (municipality, user_id, role_id)
                SELECT municipality, \(agent), role_id FROM user_roles WHERE municipality = \(op.tenant)
                    AND user_id = (SELECT id FROM users WHERE municipality = \(op.tenant) AND login = 'admin')
                """)
            try op.organisation.touch()
        }
        try await client.logIn(as: "agent")
        let opened = try await client.get("/sandvik/admin/mail/\(mail)")
        #expect(opened.body.contains("It is dark here") && opened.body.contains("/follow/"))
        #expect(opened.body.firstMatch(of: /key(=|&#x3D;)[A-Za-z0-9_-]/) == nil)
        #expect(try await client.get("/sandvik/mine").status == 200)
        await torg.close()
    }

    @Test func theListGoesOnWhereThePageEnded() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let mail = try await Self.mail("failed", torg, client)
        try await torg.installation.write(torg.sandvik) { op in
            for number in 1...ListMail.pageSize {
                try op.tx.run(
                    """
                    INSERT INTO outbox (municipality, id, case_id, event_id, kind, address, language, subject, body,
                        state, next_attempt_at, created_at)
                    SELECT municipality, \(op.newID(of: OutboxMessage.self)), case_id, event_id, kind,
                        \("no\(number)@example.org"), language, subject, body, state, next_attempt_at, created_at
                    FROM outbox WHERE municipality = \(op.tenant) AND id = \(mail)
                    """)
            }
        }
        try await client.logIn(as: "admin")
        let first = try await client.get("/sandvik/admin/mail?show=failed")
        #expect(!first.body.contains("aud@example.org"))
        let next = try #require(first.body.firstMatch(of: /href="([^"]*)" rel="next"/)?.1)
        let second = try await client.get(String(next).replacing("&amp;", with: "&"))
        #expect(second.body.contains("aud@example.org"))
        #expect(!second.body.contains("no1@example.org") && !second.body.contains("rel=\"next\""))
    }
}
