import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// What is not taken as it was sent.
extension ReportTests {
    @Test(arguments: ["sv", "nb", "da", "en"])
    func aFormThatIsNotOursBringsBackWhatWasTyped(language: String) async throws {
        let torg = try await TestTorg()
        let words = torg.installation.words(language)
        let headers = ["Accept-Language": language]
        let (client, other) = (TestClient(torg), TestClient(torg))
        let token = try await client.get("/sandvik/report").formToken
        let foreign = try await other.get("/sandvik/report").formToken
        for forged in ["", "nonsense", "1.2.3", foreign, String(token.dropLast(2)) + "xx"] {
            let answer = try await client.submit(
                "/sandvik/report", from: "", Self.lamp, token: forged, headers: headers)
            #expect(answer.status == 403)
            #expect(answer.body.contains("<html lang=\"\(language)\">"))
            #expect(answer.body.contains("School Road 1"))
            #expect(answer.body.contains(words("error.form.forged")))
        }
        #expect(try await stored(torg) == [0, 0, 0, 0])

        let sent = try await client.submit("/sandvik/report", from: "", Self.lamp, token: token, headers: headers)
        #expect(sent.status == 303)
        let again = try await client.submit("/sandvik/report", from: "", Self.lamp, token: token, headers: headers)
        #expect(again.status == 409)
        #expect(again.body.contains("School Road 1"))
        #expect(again.body.contains(words("error.form.already_sent")))
        let link = try #require(again.body.firstMatch(of: #/href="(/sandvik/follow/[^"]+key[^"]+)"/#)).1
        let path = String(link).replacing("&#x3D;", with: "=").replacing("&amp;", with: "&")
        #expect(try await other.open(path).body.contains("School Road 1"), "to what the first one did")
        #expect(try await stored(torg) == [1, 1, 1, 1])

        torg.advance(hours: 13)
        let old = try await client.submit("/sandvik/report", from: "", Self.lamp, token: token, headers: headers)
        #expect(old.status == 403)
        #expect(try await stored(torg) == [1, 1, 1, 1])
        await torg.close()
    }

    @Test(arguments: ["sv", "nb", "da", "en"])
    func whatCannotBeTakenIsSaidBesideTheField(language: String) async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let bad: [([String: String], String)] = [
            (["text": ""], "text"), (["text": "   \r\n"], "text"), (["text": "dark\u{0}"], "text"),
            (["text": String(repeating: "å", count: 20_001)], "text"), (["category": "999"], "category"),
            (["category": "x"], "category"), (["email": "kim@"], "email"), (["email": "a@b.c\nBcc: x@y.z"], "email"),
            (["phone": "call me"], "phone"), (["lat": "91", "lon": "10"], "lat"), (["lat": "NaN", "lon": "1"], "lat"),
            (["place": String(repeating: "x", count: 301)], "place"),
        ]
        for (fields, field) in bad {
            let answer = try await client.submit(
                "/sandvik/report", from: "/sandvik/report", Self.lamp.merging(fields) { $1 },
                headers: ["Accept-Language": language])
            #expect(answer.status == 422, "\(fields.keys)")
            #expect(answer.body.contains("<html lang=\"\(language)\">"))
            #expect(answer.body.contains("href=\"#\(field)\""), "\(field)")
            #expect(answer.body.contains("value=\"Kim\""), "what was right stays")
        }
        #expect(try await stored(torg) == [0, 0, 0, 0])
        await torg.close()
    }

    @Test func aCitizenCannotSayWhereItGoesOrThatItIsAnswered() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let sent = try await client.submit(
            "/sandvik/report", from: "/sandvik/report",
            Self.lamp.merging([
                "answered": "true", "answer": "no", "unit": torg.text("Water"), "acute": "true",
                "confidential": "true", "case": "26-10001-0", "direction": "out", "channel": "visit",
            ]) { $1 })
        #expect(sent.status == 303)
        try await torg.installation.read(torg.sandvik) { op in
            let row = try #require(try op.tx.row("SELECT * FROM cases WHERE municipality = \(op.tenant)"))
            let opened = try Case(row)
            #expect(opened.unit == op.municipality.centre)
            #expect(opened.state == .new)
            #expect(!opened.isAcute && !opened.isConfidential)
            let channel: String? = try op.tx.value("SELECT channel FROM contacts WHERE municipality = \(op.tenant)")
            #expect(channel == "self_service")
        }
        await torg.close()
    }

    @Test func aFloodFromOneAddressIsStopped() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let flood = ["X-Forwarded-For": "203.0.113.7"]
        func report(_ headers: [String: String]) async throws -> TestClient.Answer {
            try await client.submit("/sandvik/report", from: "/sandvik/report", Self.lamp, headers: headers)
        }
        #expect(try await report(flood).status == 303)
        try await torg.installation.write(torg.sandvik) { op in
            for _ in 2...300 { try Throttle.report.count("203.0.113.7", in: op) }
        }
        let stopped = try await report(flood)
        #expect(stopped.status == 429)
        #expect(stopped.header("Retry-After") == "3600")
        #expect(stopped.body.contains("School Road 1"))
        #expect(stopped.body.contains("Wait 60 minutes"))
        #expect(try await report(["X-Forwarded-For": "203.0.113.8"]).status == 303)
        torg.advance(hours: 1)
        #expect(try await report(flood).status == 303)
        await torg.close()
    }

    @Test func theWaitingPassesAlthoughTheClockIsFrozen() async throws {
        let torg = try await TestTorg()
        let real = ClockBox(torg.now)
        var frozen = torg.installation
        frozen.throttleClock = { real.now }
        let client = TestClient(torg, installation: frozen)
        func guess() async throws -> Int {
            try await client.submit("/sandvik/login", from: "/sandvik/login", ["login": "agent", "password": "x"])
                .status
        }
        for _ in 1...5 { #expect(try await guess() == 422) }
        #expect(try await guess() == 429)
        real.now = real.now.adding(minutes: 1)
        #expect(try await guess() == 422)
        await torg.close()
    }

    @Test func nothingInvisibleIsTakenInAnyField() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        for field in ["text", "place", "name", "email", "phone", "category", "lat", "lon"] {
            let report = Self.lamp.merging([field: "1\u{0}2"]) { $1 }
            let refused = try await client.submit("/sandvik/report", from: "/sandvik/report", report)
            #expect(refused.status == 422, "\(field)")
        }
        for field in ["number", "contact"] {
            let fields = ["number": "26-10001-1", "contact": "a@example.org"].merging([field: "1\u{0}2"]) { $1 }
            #expect(try await client.submit("/sandvik/follow", from: "/sandvik/follow", fields).status == 422)
        }
        for path in ["/sandvik/follow/1%002", "/sandvik/follow/26-10001-1?key=%00", "/sandvik%00/report"] {
            #expect([200, 403, 404].contains(try await client.get(path).status), "\(path)")
        }
        #expect(try await stored(torg) == [0, 0, 0, 0])
        await torg.close()
    }

    @Test func scriptsAreOnlyText() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let script = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)>"
        let wrong = try await client.submit(
            "/sandvik/report", from: "/sandvik/report",
            ["text": script, "name": script, "place": script, "email": script, "lat": script, "category": script])
        #expect(wrong.status == 422)
        let sent = try await client.submit(
            "/sandvik/report", from: "/sandvik/report", ["text": script, "name": script, "place": script])
        let followed = try await client.get(try #require(sent.location))
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let intake = try await agent.get("/sandvik/intake")
        let number = try #require(sent.location?.split(separator: "/").last)
        let shown = try await agent.get("/sandvik/cases/\(number)")
        for page in [wrong, followed, intake, shown] {
            #expect(page.body.contains("&lt;script&gt;alert(1)"))
            #expect(!page.body.contains("<script>") && !page.body.contains("<img"))
        }
        await torg.close()
    }
}
