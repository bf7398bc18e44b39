import Domain
import Support
import Testing

@testable import App

/// The case page and its forms, as agent and handler, without JavaScript.
@Suite struct CasePageTests {
    /// Registers one question at the desk and returns the case's number.
    private func register(
        _ client: TestClient, _ fields: [String: String] = [:]
    ) async throws -> String {
        let base = ["channel": "telephone", "name": "A. Ås", "email": "a@example.org", "q1_text": "Lyset er mørkt"]
        let sent = try await client.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new", base.merging(fields) { _, new in new })
        #expect(sent.status == 303)
        let receipt = try await client.get(try #require(sent.location))
        return try #require(receipt.body.firstMatch(of: /\d\d-\d{5}-\d/).map { String($0.0) })
    }

    @Test func theChainIsWalkedThroughThePages() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let number = try await register(agent, ["q1_category": torg.text("Street light")])
        let page = "/sandvik/cases/\(number)"
        #expect(try await agent.get("/sandvik/intake").body.contains(number))

        let passed = try await agent.submit(
            "\(page)/routing", from: page, ["unit": torg.text("Roads"), "version": "1"])
        #expect(passed.location == page)
        #expect(try await agent.get(page).body.contains("passed to Roads"))

        let handler = TestClient(torg)
        try await handler.logIn(as: "handler")
        #expect(try await handler.get("/sandvik/units/\(torg.text("Roads"))").body.contains(number))
        #expect(try await handler.submit("\(page)/acknowledgement", from: page, [:]).status == 303)
        #expect(try await handler.get("/sandvik/mine").body.contains(number))
        #expect(
            try await handler.submit("\(page)/feedback", from: page, ["message": "We come on Friday", "notify": "on"])
                .status == 303)
        let closed = try await handler.submit(
            "\(page)/closure", from: page,
            [
                "answer": "The lamp is new", "outcome": "measures_taken", "measure_what": "New lamp",
                "measure_who": "Roads", "measure_done_at": "2026-07-20",
            ])
        #expect(closed.status == 303)
        let after = try await handler.get(page)
        #expect(after.body.contains("The lamp is new"))
        #expect(after.body.contains("The case is closed"))
        #expect(try await !agent.get("/sandvik/open").body.contains(number))
        let reopened = try await handler.submit(
            "\(page)/closure", from: page, ["_method": "DELETE", "reason": "Dark again"])
        #expect(reopened.status == 303)
        #expect(try await agent.get("/sandvik/open").body.contains(number))
        await torg.close()
    }

    @Test func aFormWithErrorsComesBackWithWhatWasTyped() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let page = "/sandvik/cases/\(try await register(agent))"
        let refused = try await agent.submit(
            "\(page)/closure", from: page, ["answer": "Nothing to be done <b>", "outcome": "no_action", "reason": ""])
        #expect(refused.status == 422)
        #expect(refused.body.contains("Nothing to be done &lt;b&gt;"))
        #expect(refused.body.contains("Choose why nothing more is done."))
        #expect(try await agent.get(page).body.contains("New"))
        await torg.close()
    }

    @Test func aChangeFromAnOldPageIsRefused() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let page = "/sandvik/cases/\(try await register(agent))"
        #expect(try await agent.submit("\(page)/acknowledgement", from: page, ["version": "1"]).status == 303)
        let late = try await agent.submit(
            "\(page)/feedback", from: page, ["message": "Written meanwhile", "version": "1"])
        #expect(late.status == 409)
        #expect(late.body.contains("Written meanwhile"))
        await torg.close()
    }

    @Test func whatOneMayNotSeeDoesNotExist() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let roads = try await register(agent, ["q1_unit": torg.text("Roads")])
        let care = try await register(agent, ["q1_category": torg.text("Care")])
        let plumber = TestClient(torg)
        try await plumber.logIn(as: "plumber")
        #expect(try await plumber.get("/sandvik/cases/\(roads)").status == 404)
        #expect(try await plumber.get("/sandvik/cases/\(care)").status == 200)
        // Who registered it, and has the number, sees that it is there.
        let existence = try await agent.get("/sandvik/cases/\(care)")
        #expect(existence.status == 200 && !existence.body.contains("mørkt") && !existence.body.contains("A. Ås"))
        #expect(try await !agent.get("/sandvik/search?q=lyset").body.contains(care))
        #expect(try await agent.get("/sandvik/search?q=lyset").body.contains(roads))
        await torg.close()
    }

    @Test func anotherQuestionKeepsWhatWasTyped() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let first = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new",
            ["channel": "visit", "q1_text": "First", "email": "a@example.org", "add_question": "1"])
        #expect(first.status == 200)
        #expect(first.body.contains("First"))
        #expect(first.body.contains("name=\"q2_text\""))
        let sent = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new",
            [
                "channel": "visit", "q1_text": "First", "q2_text": "Second", "q2_answered": "on",
                "q2_answer": "At ten",
            ])
        let receipt = try await agent.get(try #require(sent.location))
        #expect(receipt.body.contains("Second"))
        #expect(receipt.body.contains("At ten"))
        #expect(receipt.body.contains("Answered at once"))
        await torg.close()
    }

    @Test func aFoundCaseIsPickedWithOneButton() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let number = try await register(agent)
        let typed = ["channel": ["visit"], "email": ["a@example.org"], "q1_text": ["Still dark"]]
        let path = "/sandvik/contacts"
        let empty = try #require(HTMLForm(try await agent.get("/sandvik/contacts/new").body, to: path))
        let found = try await agent.send(empty.with(typed.merging(["find_person": ["true"]]) { $1 }))
        #expect(found.body.contains("name=\"join\" value=\"\(number)\""))
        let picked = try await agent.send(
            try #require(HTMLForm(found.body, to: path)).with(["join": [number], "q1_place": ["58.146, 7.995"]]))
        #expect(picked.status == 200)
        #expect(picked.body.contains("Belongs to this case"))
        #expect(!picked.body.contains("name=\"join\""))
        let form = try #require(HTMLForm(picked.body, to: path))
        #expect(form.values["q1_case"] == [number])
        #expect(form.values["q1_text"] == ["Still dark"])
        let sent = try await agent.send(form)
        #expect(try await agent.get(try #require(sent.location)).body.contains(number))
        let cases: Int? = try await torg.installation.read(torg.sandvik) { op in
            try op.tx.value("SELECT count(*) FROM cases WHERE municipality = \(op.tenant)")
        }
        #expect(cases == 1)
        await torg.close()
    }

    @Test func theAgentReadsWhatToTellTheCaller() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "admin")
        let light = torg.text("Street light")
        let category = "/sandvik/admin/categories/\(light)"
        #expect(try await agent.fill(category, to: category, ["notice_nb": ["Ring 175 om riksveier."]]).status == 303)
        try await agent.logIn(as: "agent")
        let shown = "<p class=\"notice\" role=\"status\" data-category=\"\(light)\">Ring 175 om riksveier.</p>"
        let form = try await agent.get("/sandvik/contacts/new")
        #expect(form.body.contains("data-category=\"\(light)\" hidden>"))
        #expect(!form.body.contains(shown))
        let again = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new",
            ["channel": "visit", "q1_text": "Dark", "q1_category": light, "add_question": "true"])
        #expect(again.body.contains(shown))
        let sent = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new",
            ["channel": "visit", "q1_text": "Dark", "q1_category": light])
        #expect(try await agent.get(try #require(sent.location)).body.contains("Ring 175 om riksveier."))
        await torg.close()
    }

    @Test func aPhoneNumberIsReadInGroups() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let number = try await register(agent, ["phone": "+4722334455"])
        let page = try await agent.get("/sandvik/cases/\(number)")
        #expect(page.body.contains("<a href=\"tel:+4722334455\">+47 22 33 44 55</a>"))
        await torg.close()
    }

    @Test func aCaseNumberInTheSearchLeadsToItsCase() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let number = try await register(agent)
        let found = try await agent.get("/sandvik/search?q=" + number.replacing("-", with: ""))
        #expect(found.location == "/sandvik/cases/\(number)")
        await torg.close()
    }

    @Test func whatTheLawSaysMustBeAnsweredIsMarked() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let marked = try await register(agent, ["q1_must_be_answered": "true"])
        let plain = try await register(agent)
        #expect(try await agent.get("/sandvik/cases/\(marked)").body.contains("Must be answered by law"))
        #expect(try await !agent.get("/sandvik/cases/\(plain)").body.contains("Must be answered by law"))
        // By its category, as the system manager marks it.
        try await agent.logIn(as: "admin")
        let form = "/sandvik/admin/categories/\(torg.text("Street light"))"
        #expect(try await agent.fill(form, to: form, ["must_be_answered": ["true"]]).status == 303)
        try await agent.logIn(as: "agent")
        let byCategory = try await register(agent, ["q1_category": torg.text("Street light")])
        #expect(try await agent.get("/sandvik/cases/\(byCategory)").body.contains("Must be answered by law"))
        #expect(try await agent.get("/sandvik/intake").body.contains("Must be answered by law"))
        await torg.close()
    }

    @Test func whoPassesACaseOutOfTheirSightIsToldSo() async throws {
        let torg = try await TestTorg()
        let plumber = TestClient(torg)
        try await plumber.logIn(as: "agent")
        let number = try await register(plumber, ["q1_unit": torg.text("Water")])
        try await plumber.logIn(as: "plumber")
        let page = "/sandvik/cases/\(number)"
        let sent = try await plumber.submit(
            "\(page)/routing", from: page, ["unit": torg.text("Roads"), "version": "1"])
        #expect(sent.location == "/sandvik/mine")
        let mine = try await plumber.get("/sandvik/mine").body
        #expect(mine.contains("you no longer see it"))
        #expect(!mine.contains("{unit}"))
        await torg.close()
    }
}
