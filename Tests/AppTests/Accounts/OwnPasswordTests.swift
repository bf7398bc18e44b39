import Domain
import Testing

@testable import App
@testable import Support

/// A password that somebody else chose is good for choosing one's own.
@Suite struct OwnPasswordTests {
    private let torg: TestTorg
    init() async throws { torg = try await TestTorg() }

    private func setPassword(of login: String, to password: String) async throws -> Int {
        let manager = TestClient(torg)
        try await manager.logIn(as: "admin")
        let page = "/sandvik/admin/people/" + torg.text(login)
        return try await manager.fill(page, to: page + "/password", ["password": [password]]).status
    }

    private func logIn(
        _ client: TestClient, _ login: String, _ password: String, _ more: [String: String] = [:]
    ) async throws -> TestClient.Answer {
        try await client.submit(
            "/sandvik/login", from: "/sandvik/login",
            ["login": login, "password": password].merging(more) { own, _ in own })
    }

    private let page = "/sandvik/account/password"

    @Test func everyPageLeadsThereUntilItIsChanged() async throws {
        #expect(try await setPassword(of: "agent", to: "gitt av lederen") == 303)
        let agent = TestClient(torg)
        let entered = try await logIn(agent, "agent", "gitt av lederen", ["next": "/sandvik/search?q=lamp"])
        #expect(entered.location == page + "?next=%2Fsandvik%2Fsearch%3Fq%3Dlamp")
        for path in ["/sandvik/mine", "/sandvik/account", "/sandvik/contacts/new", "/sandvik/admin"] {
            #expect(try await agent.get(path).location?.hasPrefix(page + "?next=") == true, "\(path)")
        }
        let search = try await agent.get("/sandvik/search?q=lamp&language=en").location
        #expect(search == page + "?next=%2Fsandvik%2Fsearch%3Fq%3Dlamp", "with what was asked")
        let shown = try await agent.get(try #require(entered.location))
        #expect(shown.body.contains("Choose your own password") && shown.body.contains("You log in as agent"))
        let form = try #require(HTMLForm(shown.body, to: page))
        #expect(form.values["next"] == ["/sandvik/search?q=lamp"])
        // With the token of this page nothing else can be done either.
        let note = try await agent.submit(
            "/sandvik/contacts", from: "", ["channel": "telephone", "q1_text": "x"], token: shown.formToken)
        #expect(note.status == 403 && HTMLForm(note.body, to: page)?.values["next"] == ["/sandvik/contacts"])
        #expect(try await agent.submit("/sandvik/contacts", from: "", [:], token: shown.formToken).location == page)
        let stored = try await torg.read { op -> Int? in
            try op.tx.value("SELECT count(*) FROM contacts WHERE municipality = \(op.tenant)")
        }
        #expect(stored == 0)
        for (now, new, error) in [
            ("", "tre blå lamper", "password_now-error"), ("gitt av lederen", "", "password_new-error"),
            ("feil passord", "tre blå lamper", "not the password you have now"),
            ("gitt av lederen", "gitt av lederen", "there is already"), ("gitt av lederen", "dragon-2026", "so common"),
            ("gitt av lederen", "sandvik-agent1", "easy to guess"), ("gitt av lederen", "kort", "at least 10"),
        ] {
            let wrong = try await agent.send(
                try #require(HTMLForm(try await agent.get(page).body, to: page)).with([
                    "password_now": [now], "password_new": [new],
                ]))
            #expect(wrong.status == 422 && wrong.body.contains(error), "\(new) \(error)")
        }
        let done = try await agent.send(
            form.with(["password_now": ["gitt av lederen"], "password_new": ["tre blå lamper"]]))
        #expect(done.location == "/sandvik/search?q=lamp")
        #expect(try await agent.get("/sandvik/mine").status == 200)
        #expect(try await agent.get(page).location == "/sandvik/account")
        #expect(try await logIn(TestClient(torg), "agent", "tre blå lamper").location == "/sandvik/intake")
        await torg.close()
    }

    @Test func whatWasBeingWrittenWaitsForTheNewPassword() async throws {
        #expect(try await setPassword(of: "agent", to: "gitt av lederen") == 303)
        let agent = TestClient(torg)
        let kept = try await torg.kept("name=Kim+Holm&language=sv", by: "agent")
        let entered = try await logIn(agent, "agent", "gitt av lederen", ["next": "/sandvik/account", "kept": kept])
        #expect(entered.status == 200)
        let form = try #require(HTMLForm(entered.body, to: page))
        let done = try await agent.send(
            form.with(["password_now": ["gitt av lederen"], "password_new": ["tre blå lamper"]]))
        #expect(done.status == 200 && done.body.contains("Kim Holm"))
        await torg.close()
    }

    /// One page lies open while a manager sets a password, and another page logs in with it.
    @Test func whatIsSentFromAPageOfBeforeIsKeptToo() async throws {
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let before = try await agent.get("/sandvik/contacts/new").formToken
        #expect(try await setPassword(of: "agent", to: "gitt av lederen") == 303)
        #expect(try await logIn(agent, "agent", "gitt av lederen").location == page)
        let sent = try await agent.submit(
            "/sandvik/contacts", from: "", ["channel": "telephone", "q1_text": "The lamp at \"Torget\""], token: before)
        #expect(sent.status == 403 && sent.body.contains("What you wrote has been kept"))
        #expect(!sent.body.contains("The lamp at"))
        let form = try #require(HTMLForm(sent.body, to: page))
        let done = try await agent.send(
            form.with(["password_now": ["gitt av lederen"], "password_new": ["tre blå lamper"]]))
        #expect(done.status == 200 && done.body.contains("The lamp at &quot;Torget&quot;"))
        let again = try #require(HTMLForm(done.body, to: "/sandvik/contacts"))
        #expect(try await agent.send(again).status == 303)
        await torg.close()
    }

    @Test func somebodyNewBeginsWithTheirOwn() async throws {
        let manager = TestClient(torg)
        try await manager.logIn(as: "admin")
        let made = try await manager.fill(
            "/sandvik/admin/people/new", to: "/sandvik/admin/people", ["name": ["Aud Ås"], "login": ["aud.ås"]])
        let password = String(try #require(made.body.firstMatch(of: /<code[^>]*>([^<]+)</)).1)
        #expect(try await logIn(TestClient(torg), "AUD.A\u{30A}S", password).location == page)
        // Found and made by the command: likewise.
        var fjord = CreateMunicipality(
            slug: "fjord", name: "Fjord", country: .norway, language: "nb", centreName: "Torget", adminLogin: "Sjef",
            adminName: "Sjefen", adminPasswordHash: try torg.installation.passwords.hash("gitt av drift"))
        fjord.passwordIsGiven = true
        try await fjord.perform(in: torg.installation)
        let boss = try await TestClient(torg).submit(
            "/fjord/login", from: "/fjord/login", ["login": "sjef", "password": "gitt av drift"])
        #expect(boss.location == "/fjord/account/password")
        await torg.close()
    }

    @Test func aManagersOwnPasswordNeedsTheOldOne() async throws {
        let manager = TestClient(torg)
        try await manager.logIn(as: "admin")
        let found = try await torg.read { $0.directory.account("admin")?.id }
        let admin = try #require(found)
        let person = "/sandvik/admin/people/\(admin)"
        let shown = try await manager.get(person)
        #expect(HTMLForm(shown.body, to: person + "/password") == nil)
        #expect(shown.body.contains("where the old one is needed"))
        let before = try await torg.read { try $0.accounts.passwordHash(of: admin) }
        let tried = try await manager.submit(
            person + "/password", from: "", ["password": "tre blå lamper"], token: shown.formToken)
        #expect(tried.status == 422)
        let after = try await torg.read { try $0.accounts.passwordHash(of: admin) }
        #expect(after == before)
        await torg.close()
    }

    @Test func commonPasswordsAreRefusedForOthersToo() async throws {
        for password in ["password12", "Handler-2026", "sandvik kommune", "qwertyuiop"] {
            #expect(try await setPassword(of: "handler", to: password) == 422, "\(password)")
        }
        let known = ["sjef", "Sjefen", "Nordvik", "nordvik"]
        #expect(torg.installation.fault(inPassword: "nordvik-2026", known: known) == "password_own_words")
        #expect(torg.installation.fault(inPassword: "sunshine!!!!", known: known) == "password_common")
        #expect(torg.installation.fault(inPassword: "langt-og-godt-passord", known: known) == nil)
        await torg.close()
    }

    @Test func guessesFromOutsideDoNotStopAChangeOfOnesOwn() async throws {
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        for _ in 1...6 { _ = try await logIn(TestClient(torg), "agent", "guess") }
        let changed = try await agent.submit(
            "/sandvik/account", from: "/sandvik/account",
            ["name": "Agent", "password_now": "torg-demo", "password_new": "tre blå lamper"])
        #expect(changed.status == 303)
        await torg.close()
    }
}
