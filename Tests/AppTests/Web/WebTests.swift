import Domain
import HTTPTypes
import Hummingbird
import Testing

@testable import App
@testable import Support

@Suite struct WebTests {
    @Test func theInstallationsOwnAddresses() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        #expect(try await client.get("/").location == "/sandvik")
        let health = try await client.get("/health")
        #expect(health.status == 200)
        #expect(health.body == "ok\n")
        #expect(try await client.get("/robots.txt").body.contains("Disallow: /*/follow"))
        _ = try await CreateMunicipality(
            slug: "nordre", name: "Nordre <Sandvik>", country: .sweden, language: "sv", centreName: "Torget",
            adminLogin: "admin", adminName: "Admin", adminPasswordHash: "-"
        ).perform(in: torg.installation)
        let choice = try await client.get("/")
        #expect(choice.status == 200)
        #expect(choice.body.contains("href=\"/nordre\""))
        #expect(choice.body.contains("Nordre &lt;Sandvik&gt;"))
        for (slug, name) in [("angvik", "Ängvik kommun"), ("ovik", "Øvik kommune"), ("aal", "Ålborg"), ("ask", "Ask")] {
            _ = try await CreateMunicipality(
                slug: slug, name: name, country: .sweden, language: "sv", centreName: "Torget",
                adminLogin: "admin", adminName: "Admin", adminPasswordHash: "-"
            ).perform(in: torg.installation)
        }
        for (language, order) in [
            ("sv", ["ask", "nordre", "sandvik", "aal", "angvik", "ovik"]),
            ("da", ["ask", "nordre", "sandvik", "angvik", "ovik", "aal"]),
            ("en", ["aal", "angvik", "ask", "nordre", "ovik", "sandvik"]),
        ] {
            let list = try await TestClient(torg).get("/?language=\(language)").body
            let found = list.matches(of: /<a [^>]*href="\/([a-z]+)"/).map { String($0.1) }.filter(order.contains)
            #expect(found == order, "\(language)")
        }
        await torg.close()
        let down = try await client.get("/health")
        #expect(down.status == 503)
    }

    @Test(
        arguments: [
            (nil, nil, "local"), ("127.0.0.1", nil, "local"), ("::1", nil, "local"), ("::ffff:127.0.0.1", nil, "local"),
            ("127.0.0.1", "192.0.2.1", "192.0.2.1"), ("::ffff:127.0.0.1", "198.51.100.9, 192.0.2.1", "192.0.2.1"),
            ("::1", "::ffff:192.0.2.1", "192.0.2.1"), ("::FFFF:192.0.2.1", nil, "192.0.2.1"),
            ("192.0.2.1", "198.51.100.9", "192.0.2.1"), ("2001:db8::1", nil, "2001:db8:0:0::/64"),
            // What is no address is not believed, and whoever comes through a proxy is not here.
            ("127.0.0.1", "local", "127.0.0.1"), (nil, "local", "127.0.0.1"), ("127.0.0.1", "", "127.0.0.1"),
            ("::1", "unknown", "0:0:0:0::/64"), ("127.0.0.1", "192.0.2.1, x", "127.0.0.1"),
            ("127.0.0.1", "192.0.2.1,", "127.0.0.1"), ("127.0.0.1", "192.0.2.1:80", "127.0.0.1"),
            ("127.0.0.1", "192.0.2.01x", "127.0.0.1"), ("192.0.2.1", "local", "192.0.2.1"),
            ("127.0.0.1", "2001:DB8:0::1", "2001:db8:0:0::/64"),
        ] as [(String?, String?, String)])
    func whereAVisitComesFrom(_ peer: String?, _ forwarded: String?, _ network: String) {
        var head = HTTPRequest(method: .get, scheme: "http", authority: "torg.test", path: "/")
        head.headerFields[.forwardedFor] = forwarded
        let request = Request(head: head, body: .init(buffer: .init()))
        #expect(Visit(request, peer: peer).network == network)
    }

    @Test func publicFilesAreServedAndNothingElse() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let page = try await client.get("/sandvik/login")
        let style = try #require(page.body.firstMatch(of: /href="(\/public\/style\.css\?v=[A-Za-z0-9_-]+)"/)).1
        let versioned = try await client.get(String(style))
        #expect(versioned.status == 200)
        #expect(versioned.header("Content-Type") == "text/css; charset=utf-8")
        #expect(versioned.header("Cache-Control")?.contains("immutable") == true)
        let plain = try await client.get("/public/app.js")
        #expect(plain.header("Content-Type") == "text/javascript; charset=utf-8")
        #expect(plain.header("Cache-Control") == "no-cache")
        let tag = try #require(plain.header("ETag"))
        let again = try await client.send(.get, "/public/app.js", headers: ["If-None-Match": tag])
        #expect(again.status == 304)
        #expect(again.body.isEmpty)
        for path in [
            "/public/../Languages/en.json", "/public/..%2FLanguages%2Fen.json", "/public/%2e%2e%2fLanguages%2fen.json",
            "/public/", "/public/missing.css", "/public/..",
        ] { #expect(try await client.get(path).status == 404, "\(path)") }
        #expect(try await client.get("/favicon.ico").header("Content-Type") == "image/svg+xml")
        let accent = try await client.get("/sandvik/accent.css")
        #expect(accent.body.contains("--accent:"))
        #expect(accent.header("Set-Cookie") == nil)
        await torg.close()
    }

    @Test(arguments: [
        ("sv", "Det finns ingen sådan sida"), ("nb", "Siden finnes ikke"), ("da", "Siden findes ikke"),
        ("en", "There is no such page"),
    ])
    func errorsSpeakTheReadersLanguage(language: String, heading: String) async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        for path in ["/nowhere", "/sandvik/nowhere", "/sandvik/cases/x/y/z/w", "/UPPER/login", "/nowhere/login"] {
            let answer = try await client.send(.get, path, headers: ["Accept-Language": language])
            #expect(answer.status == 404, "\(path)")
            #expect(answer.body.contains("<html lang=\"\(language)\">"), "\(path)")
            #expect(answer.body.contains(torg.installation.words(language)("problem.404.heading")), "\(path)")
            #expect(answer.header("Content-Language") == language)
            #expect(answer.body.contains("href=\"/report\"") == false)
        }
        let chosen = try await client.get("/sandvik/login?language=\(language)")
        #expect(chosen.body.contains("<html lang=\"\(language)\">"))
        #expect(try await client.get("/sandvik/nowhere").body.contains("<html lang=\"\(language)\">"))
        await torg.close()
    }

    @Test func errorsLeadBackToWhereOneBelongs() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let citizen = try await client.get("/sandvik/nowhere")
        #expect(citizen.body.contains("class=\"button\" href=\"/sandvik\""))
        #expect(citizen.body.contains("Sandvik kommune"))
        try await client.logIn(as: "handler")
        let colleague = try await client.get("/sandvik/intake")
        #expect(colleague.status == 403)
        #expect(colleague.body.contains("Your role does not include this page"))
        #expect(colleague.body.contains("class=\"button\" href=\"/sandvik/mine\""))
        await torg.close()
    }

    @Test func methodsThatAreNotMeant() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let page = try await client.get("/sandvik/login")
        let head = try await client.send(.head, "/sandvik/login")
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        #expect(Int(head.header("Content-Length") ?? "") == page.body.utf8.count)
        let put = try await client.send(.put, "/sandvik/login")
        #expect(put.status == 405)
        #expect(put.header("Allow") == "GET, HEAD, POST")
        #expect(put.body.contains("That cannot be done here"))
        #expect(try await client.send(.post, "/health").status == 405)
        #expect(try await client.get("/sandvik/logout?language=da").location == "/sandvik?language=da")
        await torg.close()
    }

    @Test func everyAnswerCarriesTheGuardingHeaders() async throws {
        let torg = try await TestTorg()
        var secure = torg.installation
        secure.settings = .init(publicURL: "https://torg.example")
        let client = TestClient(torg, installation: secure)
        for path in ["/", "/health", "/sandvik/login", "/nowhere", "/public/app.js", "/api/v1/cases", "/sandvik/mine"] {
            let answer = try await client.get(path)
            #expect(answer.header("Content-Security-Policy")?.contains("default-src 'self'") == true, "\(path)")
            #expect(answer.header("X-Content-Type-Options") == "nosniff", "\(path)")
            #expect(answer.header("Referrer-Policy") == "no-referrer", "\(path)")
            #expect(answer.header("Strict-Transport-Security")?.hasPrefix("max-age=") == true, "\(path)")
        }
        let cookies = try await TestClient(torg, installation: secure).get("/sandvik/login").headers[values: .setCookie]
        #expect(!cookies.isEmpty)
        for cookie in cookies {
            #expect(cookie.contains("; HttpOnly; SameSite=Lax"))
            #expect(cookie.contains("; Secure"))
            #expect(cookie.hasPrefix("__Host-torg_") && cookie.contains("_sandvik=") && cookie.contains("Path=/;"))
        }
        let plain = try await TestClient(torg).get("/sandvik/login")
        #expect(plain.header("Strict-Transport-Security") == nil)
        #expect(plain.headers[values: .setCookie].allSatisfy { $0.hasPrefix("torg_") && $0.contains("Path=/sandvik;") })
        await torg.close()
    }

    @Test func bodiesThatCannotBeReadAreRefusedInWords() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let form = ["Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "sv"]
        func post(_ body: [UInt8], _ headers: [String: String]) async throws -> TestClient.Answer {
            try await client.send(.post, "/sandvik/login", body: body, headers: headers)
        }
        let large = try await post(Array(repeating: 97, count: 10_000_000), form)
        #expect(large.status == 413)
        #expect(large.body.contains(torg.installation.words("sv")("problem.413.heading")))
        #expect(try await post(Array("login=%ff%fe".utf8), form).status == 400)
        #expect(try await post([0x6c, 0x3d, 0xff], form).status == 400)
        #expect(try await post(Array("login=%4".utf8), form).status == 400)
        #expect(try await post(Array("{}".utf8), ["Content-Type": "application/json"]).status == 415)
        #expect(try await client.get("/sandvik/login?next=%ff").status == 400)
        #expect(try await client.get("/sandvik%ff/login").status == 404)
        await torg.close()
    }
}
