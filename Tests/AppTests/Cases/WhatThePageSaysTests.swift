import Domain
import Testing

@testable import App
@testable import Support

/// What case page, lists and search say must be so: nothing proposed stands as settled, nobody is counted twice.
@Suite struct WhatThePageSaysTests {
    private let torg: TestTorg
    private let agent: TestClient

    init() async throws {
        torg = try await TestTorg()
        agent = TestClient(torg)
        try await agent.logIn(as: "agent")
    }

    private func register(_ fields: [String: String]) async throws -> (number: String, receipt: String) {
        let base = ["channel": "telephone", "q1_text": "Lyset er mørkt"].merging(fields) { _, new in new }
        let sent = try await agent.submit("/sandvik/contacts", from: "/sandvik/contacts/new", base)
        let receipt = try await agent.get(try #require(sent.location))
        return (try #require(receipt.body.firstMatch(of: /\d\d-\d{5}-\d/).map { String($0.0) }), receipt.body)
    }

    @Test func aProposedUnitIsOnlyProposed() async throws {
        let lamp = ["email": "a@example.org", "q1_category": torg.text("Street light")]
        let (number, receipt) = try await register(lamp)
        let centre = try await torg.read { $0.directory.name(of: $0.municipality.centre) }
        #expect(receipt.contains("\(centre) takes care of it"))
        let page = "/sandvik/cases/\(number)"
        let new = try await agent.get(page).body
        #expect(new.contains("<dd>Suggested: Roads</dd>"))
        #expect(!new.contains("opened the case with Roads"))
        let mail = try await torg.read { op in
            try op.tx.value("SELECT body FROM outbox WHERE municipality = \(op.tenant) AND kind = 'receipt'") as String?
        }
        #expect(mail?.contains(centre) == true && mail?.contains("Roads") == false)

        let passed = try await agent.submit("\(page)/routing", from: page, ["unit": torg.text("Roads")])
        #expect(passed.status == 303)
        #expect(try await agent.get(page).body.contains("<dd>Roads</dd>"))
        await torg.close()
    }

    @Test func whoWritesAgainIsStillOne() async throws {
        let (number, _) = try await register(["email": "a@example.org"])
        _ = try await register(["email": "a@example.org", "q1_case": number])
        #expect(try await !agent.get("/sandvik/intake").body.contains("reporters"))
        let page = try await agent.get("/sandvik/cases/\(number)").body
        #expect(page.ranges(of: "mailto:a@example.org").count == 1)
        _ = try await register(["phone": "900 11 222", "q1_case": number])
        _ = try await register(["q1_case": number])
        #expect(try await agent.get("/sandvik/intake").body.contains("3 reporters"))
        await torg.close()
    }

    @Test func theSecondToAcknowledgeIsToldThatItIsDone() async throws {
        let (number, _) = try await register([:])
        let page = "/sandvik/cases/\(number)"
        #expect(try await agent.submit("\(page)/acknowledgement", from: page, ["version": "1"]).status == 303)
        let second = try await agent.submit("\(page)/acknowledgement", from: page, ["version": "1"])
        #expect(second.status == 409)
        #expect(second.body.contains("already acknowledged"))
        await torg.close()
    }

    @Test func passingOnToNobodyTellsWhatIsNeeded() async throws {
        let (number, _) = try await register([:])
        let page = "/sandvik/cases/\(number)"
        let refused = try await agent.submit("\(page)/routing", from: page, ["unit": "", "handler": ""])
        #expect(refused.status == 422)
        #expect(refused.body.contains("Unit: Choose a unit or a handler."))
        await torg.close()
    }

    @Test func aListOfThoseToFollowUpGoesByItsName() async throws {
        let late = try await agent.get("/sandvik/open?show=late").body
        #expect(late.contains("<h1 id=\"heading\">Late</h1>"))
        #expect(late.contains("href=\"/sandvik/open?show=late\" aria-current=\"page\""))
        #expect(late.ranges(of: "aria-current=\"page\"").count == 1)
        #expect(try await agent.get("/sandvik/open").body.contains("<h1 id=\"heading\">Open cases</h1>"))
        await torg.close()
    }

    @Test func aMisheardNumberLeadsToThoseThatWereMeant() async throws {
        let (number, _) = try await register(["q1_text": "Hull i veien"])
        let digits = number.dropLast() + (number.hasSuffix("1") ? "2" : "1")
        let near = try await agent.get("/sandvik/search?q=" + digits).body
        #expect(near.contains("its check digit, the last one, is wrong"))
        #expect(near.contains(">Hull i veien</a>"))
        #expect(
            try await agent.get("/sandvik/search?q=" + digits.replacing("-", with: "")).body.contains("Hull i veien"))
        let far = try await agent.get("/sandvik/search?q=26-98765-\(digits.last == "0" ? "9" : "0")").body
        #expect(far.contains("its check digit") && !far.contains("Hull i veien"))
        // Eight digits may just as well be a telephone.
        #expect(try await agent.get("/sandvik/search?q=90011222").body.contains("No case and no contact contains"))
        await torg.close()
    }

    @Test(arguments: [
        ("sent", "Receipt sent to", "A receipt has been sent to"),
        ("waiting", "A receipt is on its way to", "A receipt is on its way to"),
        ("handed_over", "A receipt is on its way to", "A receipt is on its way to"),
        ("uncertain", "We do not know whether the mail to", "may not have arrived"),
        ("failed", "The mail to", "may not have arrived"),
    ])
    func onlyWhatWasSentIsTold(_ state: String, _ line: String, _ receipt: String) async throws {
        let torg = try await TestTorg()
        let registered = try await torg.installation.write(torg.sandvik) { op in
            let registered = try DeliverMessageTests.register("aud@example.org", in: op)
            _ = try op.tx.run("UPDATE outbox SET state = \(state) WHERE municipality = \(op.tenant)")
            return registered
        }
        let client = TestClient(torg)
        try await client.logIn(as: "agent")
        let opened = registered.cases.compactMap { $0 }
        let number = try #require(opened.first).number
        let page = try await client.get("/sandvik/cases/\(number)").body
        #expect(page.contains(line + " aud@example.org"))
        if state != "sent" { #expect(!page.contains("Receipt sent")) }
        #expect(try await client.get("/sandvik/contacts/\(registered.contact.id)").body.contains(receipt))
        await torg.close()
    }
}
