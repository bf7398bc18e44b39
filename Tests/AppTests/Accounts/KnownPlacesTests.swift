import Domain
import Testing

@testable import App
@testable import Support

/// Nobody is kept out by somebody else's guesses: neither by login, nor by number, nor by network.
@Suite struct KnownPlacesTests {
    private let torg: TestTorg
    init() async throws { torg = try await TestTorg() }

    private func logIn(
        _ client: TestClient, _ password: String = "torg-demo", as login: String = "agent", from address: String
    ) async throws -> Int {
        try await client.submit(
            "/sandvik/login", from: "/sandvik/login", ["login": login, "password": password],
            headers: ["X-Forwarded-For": address]
        ).status
    }

    /// Five wrong passwords from five other places, and then some.
    private func attack(_ login: String = "agent") async throws {
        for number in 1...5 {
            #expect(try await logIn(TestClient(torg), "guess", as: login, from: "203.0.113.\(number)") == 422)
        }
        #expect(try await logIn(TestClient(torg), "guess", as: login, from: "203.0.113.9") == 429)
    }

    private func places() async throws -> Int64? {
        try await torg.read {
            try $0.tx.value("SELECT count(*) FROM known_places WHERE municipality = \($0.tenant)")
        }
    }

    @Test func aBrowserOrANetworkThatGotInBeforeGetsIn() async throws {
        let own = TestClient(torg)
        #expect(try await logIn(own, from: "192.0.2.1") == 303)
        own.cookies[SetCookie.session] = nil
        try await attack()
        // From anywhere with the known browser; with another browser from the known address.
        #expect(try await logIn(own, from: "198.51.100.77") == 303)
        #expect(try await logIn(TestClient(torg), from: "192.0.2.1") == 303)
        let stranger = TestClient(torg)
        #expect(try await logIn(stranger, from: "198.51.100.99") == 429)
        // A known place is not forgiven everything, and known for this account alone.
        own.cookies[SetCookie.session] = nil
        for _ in 1...5 { #expect(try await logIn(own, "guess", from: "198.51.100.1") == 422) }
        #expect(try await logIn(own, from: "198.51.100.1") == 429)
        #expect(try await logIn(TestClient(torg), from: "192.0.2.1") == 303, "the address has tries of its own")
        torg.advance(minutes: 1)
        #expect(try await logIn(own, from: "198.51.100.1") == 303)
        try await attack("handler")
        own.cookies[SetCookie.session] = nil
        #expect(try await logIn(own, as: "handler", from: "192.0.2.1") == 429)
        await torg.close()
    }

    @Test func aFloodFromTheSameNetworkKeepsNobodyOut() async throws {
        let own = TestClient(torg)
        #expect(try await logIn(own, from: "192.0.2.1") == 303)
        for number in 1...30 {
            #expect(try await logIn(TestClient(torg), "x", as: "guess\(number)", from: "192.0.2.1") == 422)
        }
        #expect(try await logIn(TestClient(torg), as: "handler", from: "192.0.2.1") == 429)
        #expect(try await logIn(TestClient(torg), from: "192.0.2.1") == 303)
        own.cookies[SetCookie.session] = nil
        #expect(try await logIn(own, from: "192.0.2.1") == 303)
        await torg.close()
    }

    @Test func oneDeskSharesItsBrowserAndAPlantedOneIsNotTakenOver() async throws {
        let desk = TestClient(torg)
        #expect(try await logIn(desk, from: "192.0.2.1") == 303)
        let name = try #require(desk.cookies[SetCookie.browser])
        desk.cookies[SetCookie.session] = nil
        #expect(try await logIn(desk, as: "handler", from: "192.0.2.1") == 303)
        #expect(desk.cookies[SetCookie.browser] == name)
        let planted = TestClient(torg)
        planted.cookies[SetCookie.browser] = "planted"
        #expect(try await logIn(planted, from: "192.0.2.2") == 303)
        #expect(planted.cookies[SetCookie.browser] != "planted")
        await torg.close()
    }

    @Test func whatIsRememberedIsBoundedAndForgotten() async throws {
        for number in 1...30 {
            #expect(try await logIn(TestClient(torg), from: "192.0.2.\(number)") == 303)
            torg.advance(minutes: 1)
        }
        #expect(try await places() == 20)
        #expect(try await torg.installation.forgetKnownPlaces() == 0)
        let last = TestClient(torg)
        #expect(try await logIn(last, from: "192.0.2.99") == 303)
        torg.advance(days: 91)
        try await attack()
        #expect(try await logIn(last, from: "192.0.2.99") == 429, "known too long ago")
        #expect(try await torg.installation.forgetKnownPlaces() == 20)
        await torg.close()
    }

    @Test func aNewPasswordAndLoggingOutEverywhereWithdrawIt() async throws {
        let (own, other) = (TestClient(torg), TestClient(torg))
        #expect(try await logIn(other, from: "192.0.2.1") == 303)
        #expect(try await logIn(own, from: "192.0.2.2") == 303)
        let changed = try await own.submit(
            "/sandvik/account", from: "/sandvik/account",
            ["name": "Agent", "password_now": "torg-demo", "password_new": "tre grønne lamper"],
            headers: ["X-Forwarded-For": "192.0.2.2"])
        #expect(changed.status == 303)
        try await attack()
        #expect(try await logIn(other, "tre grønne lamper", from: "192.0.2.1") == 429)
        own.cookies[SetCookie.session] = nil
        #expect(try await logIn(own, "tre grønne lamper", from: "198.51.100.1") == 303, "this browser stays known")
        let page = try await own.get("/sandvik/account")
        let form = try #require(HTMLForm(page.body, to: "/sandvik/account/sessions"))
        let out = try await own.send(form)
        #expect(out.location == "/sandvik/login")
        #expect(try await own.get("/sandvik/login").body.contains("You are logged out everywhere"))
        #expect(try await places() == 0)
        #expect(try await logIn(own, "tre grønne lamper", from: "192.0.2.2") == 429)
        await torg.close()
    }

    @Test func aNewPasswordFromTheManagerLetsSomebodyInAtOnce() async throws {
        try await attack()
        let manager = TestClient(torg)
        try await manager.logIn(as: "admin")
        let page = "/sandvik/admin/people/" + torg.text("agent")
        #expect(try await manager.fill(page, to: page + "/password", ["password": ["tre gule lamper"]]).status == 303)
        #expect(try await logIn(TestClient(torg), "tre gule lamper", from: "198.51.100.1") == 303)
        await torg.close()
    }

    @Test func whatAnOutsiderThinksUpDoesNotFillTheTable() async throws {
        let subjects = try await torg.installation.write(torg.sandvik) { op in
            for number in 1...2_000 { try? Throttle.login.count("somebody \(number)", in: op) }
            return try op.tx.rows("SELECT subject FROM attempts WHERE municipality = \(op.tenant)").map {
                try $0["subject"] as String
            }
        }
        // Three letters of 64: 262,144 rows at most.
        #expect(subjects.allSatisfy { $0.wholeMatch(of: /login [A-Za-z0-9_-]{3}/) != nil })
        await torg.close()
    }

    @Test func whoeverFoundTheirCaseFromThereFindsItAgain() async throws {
        let kim = TestClient(torg)
        let sent = try await kim.submit(
            "/sandvik/report", from: "/sandvik/report",
            ["text": "Kim's lamp is dark", "email": "kim@example.org", "category": torg.text("Street light")])
        let number = String(try #require(sent.location?.split(separator: "/").last))
        func find(_ client: TestClient, _ contact: String = "kim@example.org", from address: String) async throws -> Int
        {
            try await client.submit(
                "/sandvik/follow", from: "/sandvik/follow", ["number": number, "contact": contact],
                headers: ["X-Forwarded-For": address]
            ).status
        }
        let own = TestClient(torg)
        #expect(try await find(own, from: "192.0.2.1") == 303)
        for guess in 1...20 { _ = try await find(TestClient(torg), "9000000\(guess)", from: "203.0.113.\(guess)") }
        #expect(try await find(TestClient(torg), from: "198.51.100.1") == 429)
        #expect(try await find(own, from: "198.51.100.1") == 303)
        #expect(try await find(TestClient(torg), from: "192.0.2.1") == 303)
        // The own network's tries used up by somebody else.
        for guess in 1...35 {
            let number = CaseNumber(year: 26, sequence: 20_000 + guess)
            _ = try await TestClient(torg).submit(
                "/sandvik/follow", from: "/sandvik/follow", ["number": "\(number)", "contact": "90000000"],
                headers: ["X-Forwarded-For": "192.0.2.1"])
        }
        #expect(try await find(own, from: "192.0.2.1") == 303)
        for _ in 1...10 { _ = try await find(own, "90000001", from: "198.51.100.2") }
        #expect(try await find(own, from: "198.51.100.2") == 429, "but not for ever")
        await torg.close()
    }
}
