import Domain
import Testing

@testable import App
@testable import Support

/// Logins that look alike are one login, or are not given.
@Suite struct LookAlikeTests {
    @Test func lookAlikesAreNotGiven() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        func add(_ login: String) async throws -> TestClient.Answer {
            try await client.fill(
                "/sandvik/admin/people/new", to: "/sandvik/admin/people", ["name": ["Aud"], "login": [login]])
        }
        for login in ["\u{430}dmin", "a d", "админ"] {
            let answer = try await add(login)
            #expect(answer.status == 422 && answer.body.contains("login-error"), "\(login)")
        }
        for login in ["ad\u{200D}min", "ＡＤＭＩＮ", "Admin"] {
            #expect(try await add(login).status == 422, "\(login)")
        }
        #expect(try await add("Åse.Ø").status == 200)
        #expect(try await add("a\u{30A}se.ø").status == 422)
        await torg.close()
    }

    @Test func everyWayToTypeALoginIsOneAccountAndOneCounter() async throws {
        let torg = try await TestTorg()
        // From before the rule: they go on working, and can be saved as they are.
        let agent: ID<User> = torg.id("agent")
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                "UPDATE users SET login = \("\u{430}se\u{30A}") WHERE municipality = \(op.tenant) AND id = \(agent)")
            try op.organisation.touch()
        }
        func logIn(_ login: String, _ password: String, _ address: String) async throws -> Int {
            try await TestClient(torg).submit(
                "/sandvik/login", from: "/sandvik/login", ["login": login, "password": password],
                headers: ["X-Forwarded-For": address]
            ).status
        }
        #expect(try await logIn("\u{430}se\u{30A}", "torg-demo", "192.0.2.1") == 303)
        let manager = TestClient(torg)
        try await manager.logIn(as: "admin")
        let person = "/sandvik/admin/people/" + torg.text("agent")
        #expect(try await manager.fill(person, ["name": ["Agent the second"]]).status == 303)
        #expect(try await logIn("\u{430}SE\u{30A}", "torg-demo", "192.0.2.2") == 303)

        for (number, login) in ["handler", "HANDLER", "hand\u{200B}ler", "ｈandler", "handler "].enumerated() {
            #expect(try await logIn(login, "guess", "203.0.113.\(number)") == 422, "\(login)")
        }
        #expect(try await logIn("handler", "torg-demo", "198.51.100.1") == 429)
        await torg.close()
    }
}
