import Testing

@testable import App
@testable import Support

/// No address leads to another site, and none can be read as two different ones.
@Suite struct LocalPathTests {
    @Test(arguments: [
        "/", "/sandvik", "/sandvik/", "/sandvik/cases/26-10001-0", "/public/style.css", "/.well-known/x", "/a..b/c",
        "/...",
        "/a/%20b", "/%zz", "/100%", "/%41",
    ])
    func plainPaths(_ path: String) { #expect(LocalPath.isPlain(path[...])) }

    @Test(arguments: [
        "", "sandvik", "//sandvik", "//", "/sandvik//", "/sandvik//report", "/.", "/..", "/./a", "/a/.", "/a/..",
        "/a/../b",
        "/%2e", "/%2E%2e/a", "/.%2e", "/a/%2e./b", "/\\host", "\\\\host", "/a\\b", "/%5chost", "/%5Chost", "/a%2fb",
        "/%2f%2fhost",
        "/a%00", "/a%0d%0ab", "/a%7f", "/a\n", "/a b", "/a\tb", "/a\u{0}b", "/a\u{7F}b", "/ä", "/a#b", "http://host/a",
        "*",
        "javascript:alert(1)",
    ])
    func otherPaths(_ path: String) { #expect(!LocalPath.isPlain(path[...])) }

    @Test(arguments: [
        ("/sandvik?a=//host", true), ("/sandvik#form", true), ("/sandvik?a=%0d%0a", true), ("/?a", true),
        ("//host?a", false), ("/sandvik?a=\\b", false), ("/sandvik?a\r\nb", false), ("/sandvik?a b", false),
        ("https://host", false), ("?a", false), ("", false), ("/\\host?a", false), ("/\thost", false),
    ])
    func targets(_ target: String, _ isTarget: Bool) { #expect(LocalPath.isTarget(target) == isTarget) }

    @Test(arguments: [
        "//evil.example", "/\\evil.example", "/sandvik/..//evil.example", "/sandvik/../nordre",
        "/sandvik/%2e%2e/nordre",
        "/sandvik//evil.example", "/sandvik/\\evil.example", "/sandvik/%5cevil", "/sandvik/a\r\nSet-Cookie: a=b",
        "/sandvik/\u{0}", "https://evil.example/sandvik/", "/sandvikx/mine", "/nordre/mine",
    ])
    func loggingInLeadsNowhereElse(_ next: String) async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let page = "/sandvik/login?next=" + URLEncoded.encode(next)
        let shown = try await client.get(page)
        #expect(!shown.body.contains("name=\"next\""))
        let answer = try await client.submit(
            "/sandvik/login", from: page, ["login": "agent", "password": "torg-demo", "next": next])
        #expect(answer.status == 303)
        #expect(answer.location?.hasPrefix("/sandvik/") == true)
        #expect(answer.location != next)
        await torg.close()
    }

    @Test(arguments: ["//sandvik/login", "/\\evil/cases/26-10001-0/closure", "/sandvik/./login", "/%2fevil/report/x"])
    func suchAddressesAreNowhereAndAreNotRepeated(_ path: String) async throws {
        let torg = try await TestTorg()
        let answer = try await TestClient(torg).get(path)
        #expect(answer.status == 404)
        #expect(answer.location == nil)
        #expect(!answer.body.contains("evil") && !answer.body.contains("=\"//") && !answer.body.contains("=\"/\\"))
        await torg.close()
    }

    @Test func aRedirectNeverLeavesTheSite() {
        #expect(Reply.redirect("//evil.example").headers[.location] == "/")
        #expect(Reply.redirect("/\\evil.example").headers[.location] == "/")
        #expect(Reply.redirect("/sandvik?a=b#c").headers[.location] == "/sandvik?a=b#c")
    }

    @Test func aLongQueryIsNotRepeated() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let short = try await client.get("/sandvik/report?a=b").body.utf8.count
        let long = try await client.get("/sandvik/report?a=" + String(repeating: "'", count: 8_000)).body.utf8.count
        #expect(long < short + 1_000)
        let login = try await client.get("/sandvik/mine?a=" + String(repeating: "'", count: 8_000))
        #expect(try #require(login.location).utf8.count < 200)
        await torg.close()
    }

    @Test func packedBodiesAreRefused() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        for path in ["/sandvik/report", "/api/v1/contacts"] {
            let answer = try await client.send(.post, path, body: [1, 2], headers: ["Content-Encoding": "gzip"])
            #expect(answer.status == 415)
            #expect(answer.header("Accept-Encoding") == "identity")
        }
        await torg.close()
    }
}
