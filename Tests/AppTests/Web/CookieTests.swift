import Domain
import HTTPTypes
import Hummingbird
import Testing

@testable import App
@testable import Support

/// Cookies that others set count for nothing.
@Suite struct CookieTests {
    private func cookies(_ headers: [String], path: String = "/sandvik/mine", isSecure: Bool = false) -> [String:
        String]
    {
        var head = HTTPRequest(method: .get, scheme: "http", authority: "torg.test", path: path)
        head.headerFields[values: .cookie] = headers
        let request = Request(head: head, body: .init(buffer: .init()))
        return Visit(request, peer: nil, isSecure: isSecure).cookies
    }

    @Test func ofTwoWithOneNameNeitherCounts() {
        #expect(cookies(["torg_session=a; torg_visitor=v; torg_session=b"]) == ["torg_visitor": "v"])
        #expect(cookies(["torg_session=a", "torg_session=b"]) == [:])
        #expect(cookies(["torg_session=a", "torg_session=a; x=1="]) == ["torg_session": "a", "x": "1="])
        #expect(cookies(["torg_session=a; torg_session="]) == [:])
    }

    @Test func withTLSOnlyThoseThatNobodyCanPlant() {
        let sent = [
            "torg_session=planted; __Host-torg_session_sandvik=a; __Host-torg_session_fjord=b",
            "__Secure-torg_follow_26-10001-5=c; __Host-torg_visitor=d",
        ]
        #expect(cookies(sent, isSecure: true) == ["torg_session": "a", "torg_follow_26-10001-5": "c"])
        #expect(cookies(sent, path: "/fjord", isSecure: true)["torg_session"] == "b")
    }

    @Test func aWholeVisitOverTLS() async throws {
        let torg = try await TestTorg()
        var secure = torg.installation
        secure.settings = .init(publicURL: "https://torg.example")
        let client = TestClient(torg, installation: secure)
        let entered = try await client.submit(
            "/sandvik/login", from: "/sandvik/login", ["login": "agent", "password": "torg-demo"])
        #expect(entered.status == 303)
        #expect(client.cookies.keys.allSatisfy { $0.hasPrefix("__Host-torg_") && $0.hasSuffix("_sandvik") })
        for cookie in entered.headers[values: .setCookie] {
            #expect(cookie.contains("Path=/;") && cookie.contains("; Secure") && !cookie.contains("Domain"))
        }
        #expect(try await client.get("/sandvik/mine").status == 200)
        let token = try await client.get("/sandvik/mine").formToken
        #expect(try await client.submit("/sandvik/logout", from: "", [:], token: token).status == 303)
        #expect(client.cookies["__Host-torg_session_sandvik"] == nil)

        let citizen = TestClient(torg, installation: secure)
        let sent = try await citizen.submit("/sandvik/report", from: "/sandvik/report", ["text": "A dark lamp"])
        let path = try #require(sent.location)
        #expect(
            sent.headers[values: .setCookie].contains {
                $0.hasPrefix("__Secure-torg_follow_") && $0.contains("Path=\(path);")
            })
        #expect(try await citizen.get(path).body.contains("A dark lamp"))
        await torg.close()
    }

    /// A neighbouring host name can set a visitor cookie where there is no TLS, and make a form that fits it.
    @Test func aLoginFormFromANeighbourIsRefused() async throws {
        let torg = try await TestTorg()
        for (site, status) in [("same-site", 403), ("cross-site", 403), ("same-origin", 303), ("none", 303)] {
            let attacker = TestClient(torg)
            let token = try await attacker.get("/sandvik/login").formToken
            let victim = TestClient(torg)
            victim.cookies[SetCookie.visitor] = attacker.cookies[SetCookie.visitor]
            let answer = try await victim.submit(
                "/sandvik/login", from: "", ["login": "agent", "password": "torg-demo"], token: token,
                headers: ["Sec-Fetch-Site": site])
            #expect(answer.status == status, "\(site)")
            #expect((victim.cookies[SetCookie.session] != nil) == (status == 303))
        }
        await torg.close()
    }

    @Test func aFlashSetByHandSaysNothing() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let ends = torg.now.milliseconds + 1000
        for planted in ["logged_out", "logged_out.\(ends).AAAAAAAAAAAAAAAAAAAAAA", ".", "..", "logged_out.\(ends)."] {
            client.cookies[SetCookie.flash] = planted
            #expect(try await !client.get("/sandvik/login").body.contains("You are logged out"), "\(planted)")
        }
        let good = Flash.cookie("logged_out", below: "/sandvik", torg.installation).value
        client.cookies[SetCookie.flash] = good
        #expect(try await client.get("/sandvik/login").body.contains("You are logged out"))
        client.cookies[SetCookie.flash] = Flash.cookie("logged_out", below: "/fjord", torg.installation).value
        #expect(try await !client.get("/sandvik/login").body.contains("You are logged out"))
        torg.advance(minutes: 1)
        client.cookies[SetCookie.flash] = good
        #expect(try await !client.get("/sandvik/login").body.contains("You are logged out"))
        await torg.close()
    }
}
