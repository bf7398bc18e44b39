import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// A form that cannot be carried out any more comes back with its text, whatever has changed.
@Suite struct ReturnedFormTests {
    /// A case that a handler has open, with the token of its page, while a colleague changes it.
    private struct Crossed {
        let torg: TestTorg
        let handler: TestClient
        let colleague: TestClient
        let number: String
        let page: String

        init() async throws {
            torg = try await TestTorg()
            handler = TestClient(torg)
            colleague = TestClient(torg)
            try await colleague.useToken(of: "agent")
            let opened = try await colleague.call(
                .post, "/contacts",
                [
                    "channel": "telephone", "person": ["name": "Kim", "email": "kim@example.org"],
                    "questions": [["text": "Dark", "category": torg.text("Street light")]],
                ])
            number = try #require(opened.cases[0])
            page = "/sandvik/cases/\(number)"
            try await colleague.useToken(of: "handler")
            _ = try await colleague.call(.post, "/cases/\(number)/acknowledgement", [:])
            try await handler.logIn(as: "handler")
        }

        func close() async throws {
            let closed = try await colleague.call(
                .post, "/cases/\(number)/closure",
                ["answer": "Mended", "outcome": "no_action", "reason": "already_mended"])
            #expect(closed.status == 200)
        }
    }

    private static let text = "We have been there twice"

    /// Every form of the page of an open case with a text in it.
    @Test(arguments: [
        ("feedback", ["message": text, "notify": "on"]),
        ("closure", ["answer": text, "outcome": "no_action", "reason": "answered"]),
        ("closure", ["answer": text, "outcome": "forwarded", "authority": "Road office"]),
        ("waiting", ["message": text]), ("parking", ["reason": text, "until": "2026-08-03"]),
        ("measures", ["kind": "corrective", "what": text, "who": "Lys"]), ("routing", ["note": text, "unit": ""]),
        ("recoding", ["note": text, "category": ""]), ("deviation", ["reference": text]), ("notes", ["note": text]),
    ])
    func whatWasWrittenComesBackFromACaseThatWasClosed(path: String, fields: [String: String]) async throws {
        let crossed = try await Crossed()
        let token = try await crossed.handler.get(crossed.page).formToken
        try await crossed.close()
        var fields = fields
        if fields["unit"] != nil { fields["unit"] = crossed.torg.text("Water") }
        if fields["category"] != nil { fields["category"] = crossed.torg.text("Street light") }
        let late = try await crossed.handler.submit("\(crossed.page)/\(path)", from: "", fields, token: token)
        // A note and a deviation go through on a closed case as well.
        if late.status == 303 { return #expect(["notes", "deviation"].contains(path)) }
        #expect((400..<500).contains(late.status))
        let form = try #require(HTMLForm(late.body, to: "\(crossed.page)/\(path)"), "the form itself comes back")
        #expect(form.values.values.contains([Self.text]))
        await crossed.torg.close()
    }

    @Test func theReasonToReopenComesBackFromACaseThatIsOpenAgain() async throws {
        let crossed = try await Crossed()
        try await crossed.close()
        let token = try await crossed.handler.get(crossed.page).formToken
        #expect(
            try await crossed.colleague.call(.delete, "/cases/\(crossed.number)/closure", ["reason": "Wrong"]).status
                == 200)
        let late = try await crossed.handler.submit(
            "\(crossed.page)/closure", from: "", ["_method": "DELETE", "reason": Self.text], token: token)
        #expect(late.status == 409)
        #expect(late.body.contains(Self.text))
        await crossed.torg.close()
    }

    /// One word says something too.
    @Test func aSingleWordIsNotLost() async throws {
        let crossed = try await Crossed()
        let token = try await crossed.handler.get(crossed.page).formToken
        let agent = TestClient(crossed.torg)
        try await agent.logIn(as: "agent")
        let moved = try await agent.submit(
            "\(crossed.page)/routing", from: crossed.page, ["unit": crossed.torg.text("Water")])
        #expect(moved.status == 303)
        let late = try await crossed.handler.submit(
            "\(crossed.page)/feedback", from: "", ["message": "Ferdig"], token: token)
        #expect(late.body.contains("<blockquote class=\"written\">Ferdig</blockquote>"))
        await crossed.torg.close()
    }

    /// K17: what another site had somebody send is not shown as theirs.
    @Test func anotherSitesWordsAreNotKeptInAForm() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        for path in ["/sandvik/report", "/sandvik/follow", "/sandvik/follow/26-10001-5/answer"] {
            let foreign = try await client.submit(
                path, from: "", ["text": "Evil words", "message": "Evil words", "contact": "Evil words"], token: "x",
                headers: ["Sec-Fetch-Site": "cross-site"])
            #expect(foreign.status == 403)
            #expect(!foreign.body.contains("Evil words"))
        }
        await torg.close()
    }

    @Test(arguments: [
        ("done", ["what": text, "done_at": "2026-07-20"]), ("feedback", ["message": text]),
        ("question", ["message": text]),
        ("return", ["reason": text]),
    ])
    func whatAContractorWritesAfterTheCaseWasTakenBackReachesWhoeverHasIt(
        path: String, fields: [String: String]
    ) async throws {
        let contracted = try await Contracted()
        let link = try await contracted.pass()
        let (page, _) = try await contracted.open(link)
        let token = try await contracted.contractor.get(page).formToken
        let closed = try await contracted.post(
            "closure", ["answer": "Mended", "outcome": "no_action", "reason": "already_mended"])
        #expect(closed.status == 200)
        let late = try await contracted.contractor.submit("\(page)/\(path)", from: "", fields, token: token)
        #expect(late.status == 200)
        #expect(late.body.contains(Self.text))
        #expect(try await contracted.shown().json["state"] as? String == "closed")
        let told = try await contracted.mails(to: "handler@sandvik.example").last
        #expect(told?.body.contains(Self.text) == true)
        let events = try await contracted.handler.call(.get, "/cases/\(contracted.number)/events").items
        #expect(events.last?["kind"] as? String == "note_added" && events.last?["by"] as? String == "Lys AS")
        try await contracted.close()
    }

    @Test func howTheReporterWasToldComesAlongWithALateReport() async throws {
        let contracted = try await Contracted()
        let (page, _) = try await contracted.open(try await contracted.pass())
        let token = try await contracted.contractor.get(page).formToken
        let closed = try await contracted.post(
            "closure", ["answer": "Mended", "outcome": "no_action", "reason": "already_mended"])
        #expect(closed.status == 200)
        let late = try await contracted.contractor.submit(
            "\(page)/feedback", from: "",
            [
                "message": Self.text, "told_how": "telephone", "told_at": "2026-07-20",
                "told_note": "Her son answered",
            ], token: token)
        #expect(late.status == 200)
        let told = try #require(try await contracted.mails(to: "handler@sandvik.example").last).body
        for part in [Self.text, "Her son answered", "Beskjed til den som meldte: på telefon, "] {
            #expect(told.contains(part), "\(part)")
        }
        try await contracted.close()
    }

    /// A word that is short stands somewhere on every page; what counts is whether a field still holds it.
    @Test(arguments: ["på", "ja", "e", "Torg", text])
    func whatAContractorWritesByAWithdrawnLinkComesBack(_ text: String) async throws {
        let contracted = try await Contracted()
        let link = try await contracted.pass()
        let (page, _) = try await contracted.open(link)
        let token = try await contracted.contractor.get(page).formToken
        let agent = TestClient(contracted.torg)
        try await agent.useToken(of: "agent")
        _ = try await agent.call(.delete, "/cases/\(contracted.number)/contractor/link")
        let late = try await contracted.contractor.submit(
            "\(page)/feedback", from: "", ["message": text], token: token)
        #expect(late.status == 404)
        #expect(late.body.contains("<blockquote class=\"written\">\(text)</blockquote>"))
        try await contracted.close()
    }

    /// K24: a mail filter opens links too.
    @Test func openingALinkDoesNotRenewIt() async throws {
        let contracted = try await Contracted()
        let link = try await contracted.pass()
        let (page, _) = try await contracted.open(link)
        func expiry() async throws -> Instant? {
            try await contracted.torg.read { op in
                try op.tx.value("SELECT max(expires_at) FROM contractor_links WHERE municipality = \(op.tenant)")
            }
        }
        let before = try await expiry()
        contracted.torg.advance(days: 3)
        _ = try await contracted.open(link)
        #expect(try await expiry() == before)
        #expect(try await contracted.act(page, "question", ["message": "Which lamp?"]).status == 303)
        #expect(try await expiry() != before)
        try await contracted.close()
    }
}
