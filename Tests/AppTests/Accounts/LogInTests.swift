import Adapters
import Domain
import Testing

@testable import App
@testable import Support

@Suite struct LogInTests {
    func logIn(
        _ client: TestClient, _ login: String, _ password: String = "torg-demo", next: String? = nil,
        from address: String = "192.0.2.1"
    ) async throws -> TestClient.Answer {
        var fields = ["login": login, "password": password]
        fields["next"] = next
        return try await client.submit(
            "/sandvik/login", from: "/sandvik/login", fields, headers: ["X-Forwarded-For": address])
    }

    @Test func everybodyComesToWhereTheirWorkIs() async throws {
        let torg = try await TestTorg()
        for (login, home) in [("agent", "intake"), ("handler", "mine"), ("LEADER", "mine"), ("admin", "admin")] {
            let client = TestClient(torg)
            let answer = try await logIn(client, login)
            #expect(answer.status == 303)
            #expect(answer.location == "/sandvik/" + home, "\(login)")
            #expect(try await client.get("/sandvik/mine").status == 200)
            #expect(try await client.get("/sandvik/login").location == "/sandvik/" + home)
        }
        let audited = try await torg.read { op in
            try op.tx.rows("SELECT kind FROM audit WHERE municipality = \(op.tenant)").count
        }
        #expect(audited == 4)
        await torg.close()
    }

    @Test func wrongPasswordAndUnknownLoginGetTheSameAnswer() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let wrong = try await logIn(client, "agent", "torg-dema")
        let unknown = try await logIn(client, "agemt", "torg-demo")
        #expect(wrong.status == 422)
        #expect(unknown.status == 422)
        #expect(wrong.body.contains("The user name or the password is not right."))
        #expect(wrong.body.contains("value=\"agent\""))
        #expect(!wrong.body.contains("torg-dema"))
        let same = { (text: String) in
            text.replacing("agemt", with: "agent").replacing(/name="form" value="[^"]+"/, with: "")
        }
        #expect(same(wrong.body) == same(unknown.body))
        #expect(client.cookies[SetCookie.session] == nil)
        let empty = try await logIn(client, "", "")
        #expect(empty.status == 422)
        #expect(empty.body.contains("href=\"#password\""))
        await torg.close()
    }

    @Test func whoGuessesHasToWaitLongerAndLonger() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        for _ in 1...5 { #expect(try await logIn(client, "agent", "guess").status == 422) }
        let blocked = try await logIn(client, "Agent")
        #expect(blocked.status == 429)
        #expect(blocked.header("Retry-After") == "60")
        #expect(blocked.body.contains("Wait a minute"))
        #expect(try await logIn(client, "handler").status == 303, "others go on")
        torg.advance(minutes: 1)
        #expect(try await logIn(TestClient(torg), "agent", "guess").status == 422)
        let longer = try await logIn(TestClient(torg), "agent")
        #expect(longer.header("Retry-After") == "120")
        torg.advance(minutes: 2)
        #expect(try await logIn(TestClient(torg), "agent").status == 303)
        #expect(try await logIn(TestClient(torg), "agent", "guess").status == 422, "a success forgives")
        await torg.close()
    }

    @Test func manyLoginsFromOneAddressCountToo() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        for number in 1...30 {
            #expect(try await logIn(client, "guess\(number)", from: "2001:db8::\(number)").status == 422)
        }
        #expect(try await logIn(client, "agent", from: "2001:db8::ff").status == 429)
        #expect(try await logIn(client, "agent", from: "2001:db8:1::1").status == 303)
        await torg.close()
    }

    @Test func ofManyGuessesAtOnceOnlyTheFreeOnesAreAnswered() async throws {
        let torg = try await TestTorg()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...20 {
                group.addTask { try await logIn(TestClient(torg), "agent", "guess").status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 422 } == 5)
        #expect(statuses.count { $0 == 429 } == 15)
        await torg.close()
    }

    @Test func aNewSessionReplacesWhatWasThere() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        _ = try await logIn(client, "agent")
        let first = try #require(client.cookies[SetCookie.session])
        client.cookies[SetCookie.session] = "planted"
        _ = try await logIn(client, "agent")
        let second = try #require(client.cookies[SetCookie.session])
        #expect(second != "planted" && second != first)

        let page = try await client.get("/sandvik/mine")
        let out = try await client.submit("/sandvik/logout", from: "", [:], token: page.formToken)
        #expect(out.location == "/sandvik/login")
        #expect(client.cookies[SetCookie.session] == nil)
        client.cookies[SetCookie.session] = second
        #expect(try await client.get("/sandvik/mine").location == "/sandvik/login?next=%2Fsandvik%2Fmine")
        await torg.close()
    }

    @Test func aSessionEndsAfterADayAndAfterHoursOfSilence() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        _ = try await logIn(client, "agent")
        let token = client.cookies[SetCookie.session]
        torg.advance(hours: 8)
        #expect(try await client.get("/sandvik/mine").status == 200)
        #expect(client.cookies[SetCookie.session] != token, "rotated")
        torg.advance(hours: 8)
        #expect(try await client.get("/sandvik/mine").status == 200)
        torg.advance(hours: 8)
        #expect(try await client.get("/sandvik/mine").status == 303, "24 hours")
        _ = try await logIn(client, "agent")
        torg.advance(hours: 9)
        #expect(try await client.get("/sandvik/mine").status == 303, "9 hours of silence")
        await torg.close()
    }

    @Test func oneComesBackToWhereOneWasGoingButNeverElsewhere() async throws {
        let torg = try await TestTorg()
        let asked = try await TestClient(torg).get("/sandvik/search?q=lamp&show=a%26b")
        let login = try #require(asked.location)
        #expect(login == "/sandvik/login?next=%2Fsandvik%2Fsearch%3Fq%3Dlamp%26show%3Da%2526b")
        let page = try await TestClient(torg).get(login)
        #expect(page.body.contains("name=\"next\" value=\"/sandvik/search?q=lamp&amp;show=a%26b\""))
        let good = try await logIn(TestClient(torg), "agent", next: "/sandvik/search?q=lamp")
        #expect(good.location == "/sandvik/search?q=lamp")
        for next in [
            "//evil.example", "https://evil.example/sandvik/", "/sandvik//evil", "/other/mine", "/sandvikx/mine",
            "/sandvik/\r\nSet-Cookie: a=b", "/sandvik/\\evil", "/sandvik/logout",
        ] {
            let answer = try await logIn(TestClient(torg), "agent", next: next)
            #expect(answer.location == "/sandvik/intake", "\(next)")
        }
        await torg.close()
    }

    @Test func anOldHashIsRenewed() async throws {
        let torg = try await TestTorg()
        let old = try Passwords(cost: PasswordCost(memory: 32, passes: 2, lanes: 1)).hash("torg-demo")
        let agent: ID<User> = torg.id("agent")
        try await torg.installation.write(torg.sandvik) { try $0.accounts.storePassword(old, of: agent) }
        #expect(try await logIn(TestClient(torg), "agent").status == 303)
        let stored = try await torg.read { try $0.accounts.passwordHash(of: agent) }
        #expect(stored != old)
        #expect(torg.installation.passwords.needsRehash(try #require(stored)) == false)
        #expect(try await logIn(TestClient(torg), "agent").status == 303)
        await torg.close()
    }

    @Test func demoAccountsAreShownOnlyInTheDemonstration() async throws {
        let torg = try await TestTorg()
        #expect(try await !TestClient(torg).get("/sandvik/login").body.contains("torg-demo"))
        var demo = torg.installation
        demo.settings.isDevelopment = true
        #expect(try await TestClient(torg, installation: demo).get("/sandvik/login").body.contains("torg-demo"))
        await torg.close()
    }
}
