import Adapters
import Domain
import Testing

@testable import App
@testable import Support

/// What somebody was writing goes through the login page, and comes back to them alone.
extension LogInTests {
    @Test func whatWasWrittenOutlivesTheSession() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "handler")
        let page = try await client.get("/sandvik/account")
        torg.advance(hours: 10)
        let fields = ["name": "Kim <b>Ås</b> Holm", "language": "sv", "password_new": "do not keep this"]
        let expired = try await client.submit("/sandvik/account", from: "", fields, token: page.formToken)
        #expect(expired.status == 401)
        #expect(expired.body.contains("What you wrote has been kept"))
        #expect(!expired.body.contains("do not keep this") && !expired.body.contains("keep+this"))
        #expect(!expired.body.contains("Kim") && !expired.body.contains("Holm"), "the page does not hold it in clear")
        let form = try #require(HTMLForm(expired.body, to: "/sandvik/login"))
        let kept = try #require(form.values["kept"]?.first)
        let again = try await client.submit(
            "/sandvik/login", from: "",
            ["login": "handler", "password": "torg-demo", "next": "/sandvik/account", "kept": kept],
            token: expired.formToken)
        #expect(again.status == 200)
        #expect(again.body.contains("Kim &lt;b&gt;Ås&lt;/b&gt; Holm"))
        #expect(again.body.contains("action=\"/sandvik/account\""))
        let sent = try await client.submit(
            "/sandvik/account", from: "", ["name": "Kim Holm", "language": "sv"], token: again.formToken)
        #expect(sent.status == 303)

        // What another site sends in our name is not carried on.
        torg.advance(hours: 10)
        let foreign = try await client.submit(
            "/sandvik/account", from: "", fields, token: page.formToken, headers: ["Sec-Fetch-Site": "cross-site"])
        #expect(foreign.status == 403 && !foreign.body.contains("Kim"))
        await torg.close()
    }

    @Test func whoeverElseLogsInDoesNotReadWhatWasWritten() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "handler")
        let page = try await client.get("/sandvik/account")
        torg.advance(hours: 10)
        let expired = try await client.submit(
            "/sandvik/account", from: "", ["name": "Kim Holm", "language": "sv"], token: page.formToken)
        let form = try #require(HTMLForm(expired.body, to: "/sandvik/login"))
        #expect(form.values["next"] == ["/sandvik/account"])
        let other = try await client.send(form.with(["login": ["agent"], "password": ["torg-demo"]]))
        #expect(other.status == 303 && other.location == "/sandvik/intake")
        let home = try await client.get("/sandvik/intake").body
        #expect(home.contains("belongs to somebody else and is not shown"))
        #expect(!home.contains("Kim Holm"))
        // Nor what somebody made up, or took from another municipality.
        for kept in ["name=Kim", "", "AAAA", try await torg.kept("name=Kim", by: "leader")] {
            client.cookies = [:]
            let login = try await client.get("/sandvik/login")
            let answer = try await client.submit(
                "/sandvik/login", from: "",
                ["login": "agent", "password": "torg-demo", "next": "/sandvik/account", "kept": kept],
                token: login.formToken)
            #expect(answer.status == 303 && !answer.body.contains("Kim"), "\(kept)")
        }
        await torg.close()
    }

    @Test func anotherSiteCannotPlantWhatIsSentOn() async throws {
        let torg = try await TestTorg()
        let planted = [
            "login": "admin", "next": "/sandvik/admin/people/1/password",
            "kept": try await torg.kept("name=planted+words", by: "handler"),
        ]
        for site in ["cross-site", "same-site", nil] {
            let client = TestClient(torg)
            let headers = site.map { ["Sec-Fetch-Site": $0] } ?? [:]
            let answer = try await client.submit("/sandvik/login", from: "", planted, token: "x", headers: headers)
            #expect(answer.status == 403)
            #expect(answer.body.contains("name=\"kept\"") == (site == nil), "\(site ?? "-")")
            #expect(answer.body.contains("people/1/password") == (site == nil))
        }
        await torg.close()
    }

    @Test func noPasswordIsSentOn() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let again = try await client.submit(
            "/sandvik/login", from: "/sandvik/login",
            [
                "login": "handler", "password": "torg-demo", "next": "/sandvik/account",
                "kept": try await torg.kept(
                    "name=Kim+Holm&Password_new=theirs&password=theirs&form=old", by: "handler"),
            ])
        #expect(again.status == 200)
        #expect(again.body.contains("Kim Holm"))
        #expect(!again.body.contains("theirs") && !again.body.contains("value=\"old\""))
        await torg.close()
    }
}
