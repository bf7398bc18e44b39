import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// A citizen reports, as a browser does it.
@Suite struct ReportTests {
    private static let lamp = [
        "text": "The street light by the school is dark. It has been so for a week.", "place": "School Road 1",
        "name": "Kim", "email": "Kim@example.org", "wants_updates": "true",
    ]

    private func stored(_ torg: TestTorg) async throws -> [Int] {
        try await torg.read { op in
            try ["contacts", "cases", "mails", "events"].map { table in
                let count: Int? =
                    switch table {
                    case "contacts": try op.tx.value("SELECT count(*) FROM contacts WHERE municipality = \(op.tenant)")
                    case "cases": try op.tx.value("SELECT count(*) FROM cases WHERE municipality = \(op.tenant)")
                    case "mails": try op.tx.value("SELECT count(*) FROM mails WHERE municipality = \(op.tenant)")
                    default: try op.tx.value("SELECT count(*) FROM events WHERE municipality = \(op.tenant)")
                    }
                return count ?? -1
            }
        }
    }

    private func mails(_ torg: TestTorg) async throws -> [MailRecord] {
        try await torg.read { op in
            try op.tx.rows("SELECT * FROM mails WHERE municipality = \(op.tenant) ORDER BY id").map(MailRecord.init)
        }
    }

    @Test func aReportGetsANumberAPromiseAndAReceipt() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let front = try await client.get("/sandvik")
        #expect(front.body.contains("We answer within 5 working days"))
        let form = try await client.get("/sandvik/report")
        #expect(form.body.contains("by Monday 27 July at the latest"))
        #expect(form.body.contains("Street light"))
        let sent = try await client.submit("/sandvik/report", from: "/sandvik/report", Self.lamp)
        #expect(sent.status == 303)
        let location = try #require(sent.location)
        let number = try #require(location.split(separator: "/").last.map(String.init))
        #expect(CaseNumber(text: number) != nil)

        let receipt = try await client.get(location)
        #expect(receipt.status == 200)
        #expect(receipt.body.contains("Thank you! We have received your report"))
        #expect(receipt.body.contains(number))
        #expect(receipt.body.contains("Monday 27 July"))
        #expect(receipt.body.contains("kim@example.org"))
        #expect(receipt.body.contains("It has been so for a week."))
        #expect(try await !client.get(location).body.contains("Thank you!"), "the receipt stands there once")

        let mail = try #require(try await mails(torg).first)
        #expect(mail.address == "kim@example.org")
        #expect(mail.language == "en")
        #expect(mail.subject.contains(number))
        #expect(mail.body.contains("Monday 27 July"))
        let link = try #require(mail.body.firstMatch(of: #/http://torg\.test(/sandvik/follow/\S+\?key=\S+)/#)).1
        let stranger = TestClient(torg)
        #expect(try await stranger.get(location).status == 200)
        #expect(try await !stranger.get(location).body.contains("School Road"), "no key, no case")
        let followed = try await stranger.open(String(link))
        #expect(followed.status == 200)
        #expect(followed.body.contains("It has been so for a week."))
        #expect(followed.body.contains("School Road 1"))
        #expect(try await stranger.get(location).body.contains("School Road 1"), "the key is remembered")
        torg.advance(hours: 12)
        #expect(try await !stranger.get(location).body.contains("School Road 1"), "but not for ever")
        await torg.close()
    }

    @Test func anonymousReportersGetALinkToKeep() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let sent = try await client.submit("/sandvik/report", from: "/sandvik/report", ["text": "A hole in the road"])
        let page = try await client.get(try #require(sent.location))
        let link = try #require(page.body.firstMatch(of: #/href="(/sandvik/follow/[^"?]+\?key[^"]+)"/#)).1
        let path = String(link).replacing("&#x3D;", with: "=").replacing("&amp;", with: "&")
        #expect(try await TestClient(torg).open(path).body.contains("A hole in the road"))
        #expect(try await stored(torg) == [1, 1, 0, 1])
        await torg.close()
    }

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

    @Test func noticesAreReadBeforeSending() async throws {
        let torg = try await TestTorg()
        let light: ID<Domain.Category> = torg.id("Street light")
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                """
                UPDATE category_names SET notice = 'Lights on state roads: call 815 48 991.'
                WHERE municipality = \(op.tenant) AND category_id = \(light)
                """)
            try op.tx.run(
                "UPDATE categories SET words = 'dark lamp' WHERE municipality = \(op.tenant) AND id = \(light)")
            try op.tx.run(
                """
                INSERT INTO texts (municipality, key, language, body)
                VALUES (\(op.tenant), 'front.notices', 'nb', \("Acute pollution?\nCall 110 <now>."))
                """)
            try op.touchDirectory()
        }
        let client = TestClient(torg)
        #expect(
            try await client.get("/sandvik").body.contains("<strong>Acute pollution?</strong> Call 110 &lt;now&gt;."))
        for fields in [["category": torg.text("Street light")], ["category": ""]] {
            let report = Self.lamp.merging(fields) { $1 }
            let noticed = try await client.submit("/sandvik/report", from: "/sandvik/report", report)
            #expect(noticed.status == 422)
            #expect(noticed.body.contains("call 815 48 991"))
            #expect(noticed.body.contains("name=\"notice_seen\""))
            let seen = report.merging(["notice_seen": "true"]) { $1 }
            let sent = try await client.submit("/sandvik/report", from: "", seen, token: noticed.formToken)
            #expect(sent.status == 303)
        }
        let categories = try await torg.read { op in
            try op.tx.rows("SELECT category_id FROM cases WHERE municipality = \(op.tenant)").map {
                let id: ID<Domain.Category>? = try $0["category_id"]
                return id
            }
        }
        #expect(categories == [light, light], "the words in the text tell the category, too")
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

    @Test func coordinatesAreTypedWhereThePlaceIs() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let outside = Self.lamp.merging(["place": "98.146, 7.995"]) { $1 }
        let refused = try await client.submit("/sandvik/report", from: "/sandvik/report", outside)
        #expect(refused.status == 422)
        #expect(refused.body.contains(torg.installation.words("en")("error.invalid_position")))
        #expect(refused.body.contains("value=\"98.146, 7.995\""))
        let typed = Self.lamp.merging(["place": "N 58,146 E 7,995"]) { $1 }
        #expect(try await client.submit("/sandvik/report", from: "/sandvik/report", typed).status == 303)
        let place = try await torg.read { op in
            try op.tx.row("SELECT * FROM cases WHERE municipality = \(op.tenant)").map(Case.init)?.place
        }
        #expect(place == Place(text: "N 58,146 E 7,995", position: Position(lat: 58.146, lon: 7.995)))
        await torg.close()
    }

    @Test func theFormStaysInTheHistoryAndOtherPagesDoNot() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        #expect(try await client.get("/sandvik/report").header("Cache-Control") == "private, no-cache")
        let sent = try await client.submit("/sandvik/report", from: "/sandvik/report", Self.lamp)
        let receipt = try await client.get(try #require(sent.location))
        #expect(receipt.header("Cache-Control") == "no-store")
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

    @Test func whoeverLeavesNoAddressIsToldToKeepTheWayBack() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let sent = try await client.submit("/sandvik/report", from: "/sandvik/report", ["text": "A lamp is out."])
        let receipt = try await client.get(try #require(sent.location))
        #expect(receipt.body.contains("it is your only way back"))
        #expect(receipt.body.contains("The answer will be on this page by Monday 27 July"))
        let links = receipt.body.matches(of: #/>(https?://[^<]*\?key=[^<]*)</#).map { String($0.1) }
        let link = try #require(links.first, "the address can be read and copied")
        let elsewhere = TestClient(torg)
        let path = try #require(URL(string: link.replacing("&amp;", with: "&")))
        let found = try await elsewhere.get(path.path() + "?" + (path.query() ?? ""))
        let page = found.status == 303 ? try await elsewhere.get(try #require(found.location)) : found
        #expect(page.body.contains("A lamp is out."))
        await torg.close()
    }

    @Test func aWordOfTwoLettersIsNoHint() async throws {
        let torg = try await TestTorg()
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run("UPDATE categories SET words = 'is' WHERE municipality = \(op.tenant)")
            try op.touchDirectory()
        }
        let client = TestClient(torg)
        _ = try await client.submit("/sandvik/report", from: "/sandvik/report", ["text": "The railing is loose."])
        let category: ID<Category>? = try await torg.read { op in
            try op.tx.value("SELECT category_id FROM cases WHERE municipality = \(op.tenant) LIMIT 1")
        }
        #expect(category == nil)
        await torg.close()
    }
}
