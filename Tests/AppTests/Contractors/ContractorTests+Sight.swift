import Database
import Domain
import Foundation
import Support
import Testing

@testable import App

/// What the link shows, to whom, and how long.
extension ContractorTests {
    @Test func aLinkExpiresAMonthAfterSomethingWasLastSentWithIt() async throws {
        let given = try await Contracted()
        let link = try await given.pass()
        given.torg.advance(days: 29)
        let (path, page) = try await given.open(link)
        #expect(page.status == 200)
        #expect(try await given.act(path, "question", ["message": "Which lamp?"]).status == 303)
        given.torg.advance(days: 29)
        #expect(try await given.contractor.get(path).status == 404, "the cookie lasts a day")
        #expect(try await given.open(link).page.status == 200)
        given.torg.advance(days: 31)
        let gone = try await given.contractor.get(link)
        #expect(gone.status == 404 && gone.body.contains("ask the municipality for a new link"))
        #expect(try await given.shown().json["contractor"] as? String == given.id, "nobody loses sight of it")
        #expect(try await given.post("contractor/link").status == 200)
        #expect(try await given.open(try await given.link()).page.status == 200)
        try await given.close()
    }

    @Test func aDayThatHasPassedIsStillNamed() async throws {
        let given = try await Contracted()
        let link = try await given.pass()
        #expect(try await !given.open(link).page.body.contains("has passed"))
        given.torg.advance(days: 10)
        let page = try await given.open(link).page.body
        #expect(page.contains("Monday 27 July. That day has passed.") && page.contains("Monday 17 August<"))
        try await given.close()
    }

    @Test func aWithdrawnLinkLeadsNowhereAndANewOneReplacesIt() async throws {
        let given = try await Contracted()
        let first = try await given.pass()
        let (path, _) = try await given.open(first)
        let token = try await given.contractor.get(path).formToken
        let withdrawn = try await given.handler.call(.delete, "/cases/\(given.number)/contractor/link")
        #expect(withdrawn.status == 200)
        #expect(try await given.contractor.get(path).status == 404)
        #expect(try await given.contractor.get(first).status == 404)
        let late = try await given.contractor.submit("\(path)/acknowledgement", from: path, [:], token: token)
        #expect(late.status == 404)
        #expect(try await given.shown().state == "passedOn")
        #expect(try await given.post("contractor/link").status == 200)
        let second = try await given.link()
        #expect(second != first)
        #expect(try await given.open(second).page.status == 200)
        #expect(try await given.contractor.get(first).status == 404)
        try await given.close()
    }

    @Test func aWrongKeyTellsNothingAndIsSlowedDown() async throws {
        let given = try await Contracted()
        let link = try await given.pass()
        let path = try #require(link.split(separator: "?").first.map(String.init))
        let guesser = TestClient(given.torg)
        let same = { (text: String) in text.replacing(/name="form" value="[^"]+"/, with: "").replacing(path, with: "P")
        }
        let wrong = try await guesser.get(path + "?key=AAAAAAAAAAAAAAAAAAAAAA")
        let nowhere = try await guesser.get("/sandvik/contractor/1?key=AAAAAAAAAAAAAAAAAAAAAA")
        #expect(wrong.status == 404 && nowhere.status == 404)
        #expect(same(wrong.body) == same(nowhere.body).replacing("/sandvik/contractor/1", with: "P"))
        #expect(try await guesser.get(path).status == 404)
        #expect(try await guesser.get("/sandvik/contractor/x").status == 404)
        let cookie = ContractorGrant.cookieName(ID(1))
        guesser.cookies[cookie] = "99999999999999.AAAA"
        #expect(try await guesser.get("/sandvik/contractor/1").status == 404)
        for _ in 3...30 { #expect(try await guesser.get(path + "?key=x").status == 404) }
        #expect(try await guesser.get(path + "?key=x").status == 429)
        try await given.close()
    }

    @Test func aConfidentialCaseStaysInside() async throws {
        let given = try await Contracted()
        try await given.handler.useToken(of: "plumber")
        let opened = try await TestClient(given.torg).opening(
            "Care", in: given.torg, "My pills have not come")
        let refused = try await given.handler.call(.post, "/cases/\(opened)/routing", ["contractor": given.id])
        #expect((refused.status, refused.code) == (422, "contractor.confidential"))
        #expect(refused.faults == ["contractor contractor.confidential"])
        let staff = TestClient(given.torg)
        try await staff.logIn(as: "plumber")
        let page = try await staff.get("/sandvik/cases/\(opened)").body
        #expect(page.contains("name=\"unit\"") && !page.contains("name=\"contractor\""))
        // What becomes confidential later is taken from the contractor at once.
        let link = try await given.passAgain()
        let agent = TestClient(given.torg)
        try await agent.useToken(of: "agent")
        let joined = try await agent.call(
            .post, "/contacts",
            [
                "channel": "telephone",
                "questions": [["text": "He hides there", "case": given.number, "confidential": true]],
            ])
        #expect(joined.status == 201)
        #expect(try await given.contractor.get(link).status == 404)
        try await given.close()
    }

    @Test func theReporterIsShownOnlyWhereTheMunicipalitySaysSo() async throws {
        let given = try await Contracted(showsContact: true)
        let (_, page) = try await given.open(try await given.pass())
        for text in ["Kim Ås", "mailto:kim@example.org", "900 11 222"] { #expect(page.body.contains(text), "\(text)") }
        #expect(!page.body.contains("311299"))
        try await given.close()
    }

    @Test func whatPeopleWriteOfThemselvesIsMasked() async throws {
        let text = """
            Dark at Strandgata 14 since 2026-07-18. Ask my wife, 22 33 44 55 or wife@home.example. I am 311299 - 00000.
            Kim Andre Ås
            """
        for showsContact in [false, true] {
            let given = try await Contracted(showsContact: showsContact, text: text)
            let (_, page) = try await given.open(
                try await given.pass(note: "KIM ÅS said 26-10423-4. Call me: handler@sandvik.example, she is 22334455"))
            for text in ["Strandgata 14", "2026-07-18", "26-10423-4", "handler@sandvik.example"] {
                #expect(page.body.contains(text), "\(text)")
            }
            for text in ["22 33 44 55", "wife@home.example", "KIM ÅS", "Kim Andre Ås", "22334455"] {
                #expect(page.body.contains(text) == showsContact, "\(text)")
            }
            #expect(!page.body.contains("311299"))
            let mail = try #require(try await given.mails(to: "post@lys.example").last)
            #expect(mail.body.contains("KIM ÅS") == showsContact)
            try await given.close()
        }
    }

    @Test func ofTheInsideAndOfOtherReportersNothingIsSeen() async throws {
        let given = try await Contracted()
        _ = try await given.post("notes", ["note": "Between us"])
        let agent = TestClient(given.torg)
        try await agent.useToken(of: "agent")
        _ = try await agent.call(
            .post, "/contacts",
            [
                "channel": "telephone", "person": ["name": "Ola"],
                "questions": [["text": "I saw the neighbour do it", "case": given.number]],
            ])
        let (_, page) = try await given.open(try await given.pass())
        for text in ["Between us", "neighbour", "Ola"] { #expect(!page.body.contains(text), "\(text)") }
        try await given.close()
    }
}
