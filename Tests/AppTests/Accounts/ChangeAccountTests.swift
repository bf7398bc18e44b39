import Domain
import Testing

@testable import App
@testable import Support

@Suite struct ChangeAccountTests {
    @Test func nameAndLanguageAreOnesOwn() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "agent")
        let saved = try await client.submit(
            "/sandvik/account", from: "/sandvik/account", ["name": "Åse Ås", "language": "nb"])
        #expect(saved.status == 303)
        let page = try await client.get("/sandvik/account")
        #expect(page.body.contains("Åse Ås"))
        #expect(page.body.contains("<html lang=\"nb\">"))
        let wrong = try await client.submit(
            "/sandvik/account", from: "/sandvik/account", ["name": " ", "language": "xx"])
        #expect(wrong.status == 422)
        // Saved once more as it is: nothing was changed, so nothing is recorded.
        let again = try await client.submit(
            "/sandvik/account", from: "/sandvik/account", ["name": "Åse Ås", "language": "nb"])
        #expect(again.status == 303)
        let recorded: Int64? = try await torg.read { op in
            try op.tx.value(
                "SELECT count(*) FROM audit WHERE municipality = \(op.tenant) AND kind = 'account_changed'")
        }
        #expect(recorded == 1)
        await torg.close()
    }

    @Test func aNewPasswordNeedsTheOldOneAndEndsOtherSessions() async throws {
        let torg = try await TestTorg()
        let (client, other) = (TestClient(torg), TestClient(torg))
        try await client.logIn(as: "agent")
        try await other.logIn(as: "agent")
        func change(_ old: String, _ new: String) async throws -> TestClient.Answer {
            try await client.submit(
                "/sandvik/account", from: "/sandvik/account",
                ["name": "Agent", "password_now": old, "password_new": new])
        }
        let wrong = try await change("wrong", "a longer password")
        #expect(wrong.status == 422)
        #expect(wrong.body.contains("not the password you have now"))
        #expect(try await change("torg-demo", "short").body.contains("at least 10"))
        #expect(try await change("", "a longer password").status == 422)
        #expect(try await other.get("/sandvik/mine").status == 200)
        #expect(try await change("torg-demo", "a longer password").status == 303)
        #expect(try await client.get("/sandvik/mine").status == 200)
        #expect(try await other.get("/sandvik/mine").status == 303)
        let hash = try await torg.read { try $0.accounts.passwordHash(of: torg.id("agent")) }
        #expect(torg.installation.passwords.verify("a longer password", against: hash))
        for _ in 1...5 { _ = try await change("wrong", "another password") }
        #expect(try await change("a longer password", "another password").status == 429)
        await torg.close()
    }
}
