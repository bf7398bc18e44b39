import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// Who gets to the case, and who does not.
extension FollowTests {
    @Test func numberAndAddressLeadToTheCase() async throws {
        let plain = "\(number)".replacing("-", with: " ")
        for contact in ["kim@example.org", " KIM@Example.ORG ", "90011222", "0047 900 11 222"] {
            let client = TestClient(torg)
            let found = try await find(client, plain, contact)
            #expect(found.status == 303, "\(contact)")
            #expect(found.location == path)
            #expect(try await client.get(path).body.contains("Kim&#39;s lamp is dark"))
        }
        await torg.close()
    }

    @Test func whatIsWrongIsAnsweredAllAlike() async throws {
        let missing = CaseNumber(year: 26, sequence: 54_321)
        var bodies: Set<String> = []
        for (number, contact) in [
            ("\(number)", "ola@example.org"), ("\(number)", "12345678"), ("\(missing)", "kim@example.org"),
        ] {
            let client = TestClient(torg)
            let answer = try await find(client, number, contact)
            #expect(answer.status == 403)
            #expect(client.cookies.keys.allSatisfy { !$0.contains("follow") })
            bodies.insert(
                answer.body.replacing(number, with: "N").replacing(contact, with: "C")
                    .replacing(/name="form" value="[^"]+"/, with: ""))
        }
        #expect(bodies.count == 1)
        #expect(bodies.first?.contains("We could not show a case") == true)
        for key in ["x", "", String(repeating: "A", count: 22)] {
            let wrong = try await TestClient(torg).get(path + "?key=\(key)")
            let nowhere = try await TestClient(torg).get("/sandvik/follow/\(missing)?key=\(key)")
            #expect(wrong.status == 403)
            #expect(nowhere.status == 403)
            let same = { (text: String) in text.replacing(/name="form" value="[^"]+"/, with: "") }
            #expect(
                same(wrong.body).replacing("\(number)", with: "N")
                    == same(nowhere.body).replacing("\(missing)", with: "N"))
        }
        #expect(try await TestClient(torg).get(path).status == 200)
        #expect(try await TestClient(torg).get("/sandvik/follow/nonsense").status == 200)
        #expect(try await find(TestClient(torg), "26-10001-1", "kim@").status == 422)
        await torg.close()
    }

    @Test func guessingIsSlowedDown() async throws {
        for guess in 1...20 {
            #expect(
                try await find(TestClient(torg), "\(number)", "9000000\(guess)", from: "192.0.2.\(guess)").status == 403
            )
        }
        #expect(try await find(TestClient(torg), "\(number)", "kim@example.org", from: "192.0.2.99").status == 429)
        let other = CaseNumber(year: 26, sequence: 20_000)
        for guess in 1...30 {
            let number = CaseNumber(year: 26, sequence: 20_000 + guess)
            #expect(try await find(TestClient(torg), "\(number)", "90000000", from: "198.51.100.1").status == 403)
        }
        #expect(try await find(TestClient(torg), "\(other)", "90000000", from: "198.51.100.1").status == 429)
        #expect(try await kim.get(path).body.contains("lamp is dark"), "whoever has the link is not stopped")
        await torg.close()
    }

    @Test func theKeyLeavesTheAddressAtOnce() async throws {
        let link = try await joinOla()
        let ola = TestClient(torg)
        let led = try await ola.get(link + "&language=sv")
        #expect(led.status == 303)
        #expect(led.location == path + "?language=sv")
        #expect(try await ola.get(path).body.contains("Ola says it is dark too"))
        let sender = TestClient(torg)
        sender.cookies[SetCookie.flash] =
            Flash.cookie(FollowCase.receiptFlash(number), below: "/sandvik", torg.installation).value
        #expect(try await sender.open(link).body.contains("Thank you!"), "the receipt waits for the page")
        // Without cookies it ends at the form that asks, not in a circle.
        let location = try #require(try await TestClient(torg).get(link).location)
        let asked = try await TestClient(torg).get(location)
        #expect(asked.status == 200)
        #expect(asked.body.contains("name=\"contact\""))
        await torg.close()
    }

    @Test func aForgedCookieOpensNothing() async throws {
        let value = try #require(kim.cookies[FollowGrant.cookieName(number)])
        var parts = value.split(separator: ".").map(String.init)
        let client = TestClient(torg)
        for (index, forged) in [(0, "1"), (1, "1"), (2, "9999999999999"), (3, "o"), (4, "AAAAAAAAAAAAAAAAAAAAAA")] {
            let right = parts[index]
            parts[index] = forged
            client.cookies[FollowGrant.cookieName(number)] = parts.joined(separator: ".")
            #expect(try await !client.get(path).body.contains("lamp is dark"))
            parts[index] = right
        }
        client.cookies[FollowGrant.cookieName(number)] = parts.joined(separator: ".")
        #expect(try await client.get(path).body.contains("lamp is dark"))
        await torg.close()
    }

    /// The receipt holds the link with the key, which never ends: it is for the one who just sent the report.
    @Test func noReceiptForACookieSetByHand() async throws {
        let other = try await TestClient(torg).submit("/sandvik/report", from: "/sandvik/report", ["text": "A hole"])
        let foreign = other.headers[values: .setCookie].first { $0.hasPrefix(SetCookie.flash) }
        let value = try #require(foreign?.split(separator: ";")[0].split(separator: "=", maxSplits: 1).last)
        let client = TestClient(torg)
        #expect(try await find(client, "\(number)", "kim@example.org").status == 303)
        for flash in [
            "receipt", "receipt-\(number)", FollowCase.receiptFlash(number) + ".9999999999999.AAAA", String(value),
        ] {
            client.cookies[SetCookie.flash] = flash
            let page = try await client.get(path).body
            #expect(page.contains("lamp is dark") && !page.contains("key=") && !page.contains("Thank you!"), "\(flash)")
        }
        await torg.close()
    }

    @Test func twoCasesAreFollowedSideBySide() async throws {
        let sent = try await kim.submit("/sandvik/report", from: "/sandvik/report", ["text": "A hole in the road"])
        let other = try #require(sent.location)
        #expect(sent.headers[values: .setCookie].contains { $0.contains("follow") && $0.contains("Path=\(other);") })
        #expect(try await kim.get(other).body.contains("A hole in the road"))
        #expect(try await kim.get(path).body.contains("lamp is dark"))
        await torg.close()
    }

    @Test func aConfidentialCaseIsStillTheReporters() async throws {
        let client = TestClient(torg)
        let sent = try await client.submit(
            "/sandvik/report", from: "/sandvik/report", ["text": "About my care", "category": torg.text("Care")])
        #expect(try await client.get(try #require(sent.location)).body.contains("About my care"))
        await torg.close()
    }
}
