import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// A citizen reports, as a browser does it.
@Suite struct ReportTests {
    static let lamp = [
        "text": "The street light by the school is dark. It has been so for a week.", "place": "School Road 1",
        "name": "Kim", "email": "Kim@example.org", "wants_updates": "true",
    ]

    func stored(_ torg: TestTorg) async throws -> [Int] {
        try await torg.read { op in
            try ["contacts", "cases", "mails", "events"].map { table in
                let count: Int? =
                    switch table {
                    case "contacts": try op.tx.value("SELECT count(*) FROM contacts WHERE municipality = \(op.tenant)")
                    case "cases": try op.tx.value("SELECT count(*) FROM cases WHERE municipality = \(op.tenant)")
                    case "mails": try op.tx.value("SELECT count(*) FROM outbox WHERE municipality = \(op.tenant)")
                    default:
                        try op.tx.value(
                            "SELECT count(*) FROM events WHERE municipality = \(op.tenant) AND case_id IS NOT NULL")
                    }
                return count ?? -1
            }
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

        let mail = try #require(try await torg.mails().first)
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
            try op.organisation.touch()
        }
        let client = TestClient(torg)
        #expect(
            try await client.get("/sandvik").body.contains("<strong>Acute pollution?</strong> Call 110 &lt;now&gt;."))
        for fields in [["category": torg.text("Street light")], ["category": ""]] {
            let report = Self.lamp.merging(fields) { $1 }
            let noticed = try await client.submit("/sandvik/report", from: "/sandvik/report", report)
            // Nothing was wrong with what was sent: the box had never been shown.
            #expect(noticed.status == 200 && !noticed.body.contains("Something needs to be changed"))
            #expect(noticed.body.contains("Please read this first:") && noticed.body.contains("call 815 48 991"))
            let form = try #require(HTMLForm(noticed.body, to: "/sandvik/report?send=1"))
            #expect(form.values["notice_shown"] == [torg.text("Street light")] && form.values["notice_seen"] == nil)
            let unread = try await client.send(form)
            #expect(unread.status == 422 && unread.body.contains("href=\"#notice_seen\""))
            // The tick counts for the notice that it stood beside.
            let other = form.with(["notice_seen": ["true"], "notice_shown": [torg.text("Water leak")]])
            #expect(try await client.send(other).status == 200)
            let again = try #require(HTMLForm(unread.body, to: "/sandvik/report?send=1"))
            #expect(try await client.send(again.with(["notice_seen": ["true"]])).status == 303)
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

    /// Whom to call and what the category says: told once, and confirmed with one tick.
    @Test func somethingAcuteIsConfirmedOnce() async throws {
        let torg = try await TestTorg()
        let leak: ID<Domain.Category> = torg.id("Water leak")
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                "UPDATE categories SET is_acute = 1 WHERE municipality = \(op.tenant) AND id = \(leak)")
            try op.tx.run(
                """
                UPDATE category_names SET notice = 'Turn off the main tap, then report it here.'
                WHERE municipality = \(op.tenant) AND category_id = \(leak)
                """)
            try op.organisation.touch()
        }
        func count(_ text: String, _ body: String) -> Int { body.ranges(of: text).count }
        let client = TestClient(torg)
        // Hidden until the script shows it, with its own words whom to call.
        let empty = try await client.get("/sandvik/report").body
        #expect(empty.contains("data-read-first hidden>") && empty.contains("data-category=\"\(leak)\" data-emergency"))
        let report = Self.lamp.merging(["category": "\(leak)"]) { $1 }
        let first = try await client.submit("/sandvik/report", from: "/sandvik/report", report)
        #expect(first.status == 200 && !first.body.contains("Something needs to be changed"))
        #expect(count("Is anyone in danger?", first.body) == 1 && count("Call 110", first.body) == 1)
        #expect(count("Turn off the main tap", first.body) == 1 && !first.body.contains("once more"))
        let form = try #require(HTMLForm(first.body, to: "/sandvik/report?send=1"))
        #expect(try await client.send(form.with(["notice_seen": ["true"]])).status == 303)
        // As the script sends it, at the first time.
        let ticked = report.merging(["notice_shown": "\(leak)", "notice_seen": "true"]) { $1 }
        #expect(try await client.submit("/sandvik/report", from: "/sandvik/report", ticked).status == 303)
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
            try op.organisation.touch()
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
