import Domain
import Foundation
import Support
import Testing

@testable import App

/// A contact's own page: who sees what of it, and putting right who it was.
@Suite struct ContactTests {
    /// Registers at the desk and returns the contact's page.
    private func register(_ client: TestClient, _ fields: [String: String]) async throws -> String {
        let base = ["channel": "telephone", "name": "A. Ås", "q1_text": "Lyset er mørkt"]
        let sent = try await client.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new", base.merging(fields) { $1 })
        #expect(sent.status == 303)
        return try #require(sent.location)
    }

    private func number(_ client: TestClient, _ page: String) async throws -> String {
        let body = try await client.get(page).body
        return try #require(body.firstMatch(of: /\d\d-\d{5}-\d/).map { String($0.0) })
    }

    @Test func othersSeeOnlyTheQuestionsOfTheirCases() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let page = try await register(
            agent,
            [
                "q1_unit": torg.text("Roads"), "q2_text": "When does the library open?", "q2_answered": "on",
                "q3_text": "Can my mother get help at home?", "q3_answered": "on", "q3_category": torg.text("Care"),
                "q4_text": "There is water in the cellar", "q4_unit": torg.text("Water"),
            ])
        func seen(by login: String) async throws -> [Bool] {
            let client = TestClient(torg)
            try await client.logIn(as: login)
            let shown = try await client.get(page)
            #expect(shown.status == 200, "\(login)")
            return ["Lyset er", "library", "mother", "cellar"].map { shown.body.contains($0) }
        }
        #expect(try await seen(by: "agent") == [true, true, true, true])
        #expect(try await seen(by: "handler") == [true, false, false, false])
        // The unit of the confidential category.
        #expect(try await seen(by: "plumber") == [false, false, true, true])
        #expect(try await seen(by: "leader") == [true, false, false, false])
        await torg.close()
    }

    @Test func whoSeesAllCasesSeesWhatWasAnsweredButNothingConfidential() async throws {
        let torg = try await TestTorg()
        let desk = TestClient(torg)
        // The leader gets the desk's role as well, so that two see all cases.
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                """
                INSERT INTO user_roles (municipality, user_id, role_id)
                SELECT \(op.tenant), \(torg.id("leader", of: User.self)), role_id FROM user_roles
                WHERE municipality = \(op.tenant) AND user_id = \(torg.id("agent", of: User.self))
                """)
            try op.organisation.touch()
        }
        try await desk.logIn(as: "agent")
        let page = try await register(
            desk,
            [
                "q2_text": "When does the library open?", "q2_answered": "on",
                "q3_text": "Can my mother get help at home?", "q3_answered": "on", "q3_category": torg.text("Care"),
            ])
        let leader = TestClient(torg)
        try await leader.logIn(as: "leader")
        let shown = try await leader.get(page).body
        #expect(shown.contains("library") && !shown.contains("mother"))
        await torg.close()
    }

    @Test func theDetailsArePutRightAndTheHistoryTellsNoMore() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let page = try await register(agent, ["q1_unit": torg.text("Roads")])
        let number = try await number(agent, page)
        let wrong = try await agent.submit(page + "/person", from: page, ["name": "B. Berg", "email": "b.example"])
        #expect(wrong.status == 422)
        #expect(wrong.body.contains("value=\"b.example\""))
        let sent = try await agent.submit(
            page + "/person", from: page,
            ["name": "B. Berg", "email": "B@example.org", "phone": "99 88 77 66", "wants_updates": "true"])
        #expect((sent.status, sent.location) == (303, page))
        let shown = try await agent.get("/sandvik/cases/\(number)").body
        #expect(shown.contains("B. Berg") && shown.contains("b@example.org") && shown.contains("99887766"))
        #expect(
            shown.contains("Agent corrected a person&#39;s contact details") || shown.contains("corrected a person"))
        let history = try await torg.installation.read(torg.sandvik) { op in
            try op.tx.rows("SELECT data FROM events WHERE municipality = \(op.tenant)").map {
                try $0["data"] as String
            }.joined()
        }
        #expect(!history.contains("Berg") && !history.contains("example.org") && !history.contains("99887766"))
        // Nothing old is sent again; what comes goes there, and the case is found by it.
        #expect(
            try await torg.installation.read(torg.sandvik) {
                try $0.tx.value("SELECT count(*) FROM outbox WHERE municipality = \($0.tenant)")
            } == 0)
        #expect(try await agent.get("/sandvik/search?q=berg").body.contains(number))
        let handler = TestClient(torg)
        try await handler.logIn(as: "handler")
        let path = "/sandvik/cases/\(number)"
        #expect(try await handler.submit(path + "/acknowledgement", from: path, [:]).status == 303)
        let addresses = try await torg.installation.read(torg.sandvik) { op in
            try op.tx.rows("SELECT address FROM outbox WHERE municipality = \(op.tenant)").map {
                try $0["address"] as String
            }
        }
        #expect(addresses == ["b@example.org"])
        // The same once more is no correction.
        _ = try await agent.fill(page, to: page + "/person")
        let events = try await torg.installation.read(torg.sandvik) { op in
            try op.tx.value(
                "SELECT count(*) FROM events WHERE municipality = \(op.tenant) AND kind = 'contact_corrected'") ?? 0
        }
        #expect(events == 1)
        await torg.close()
    }

    @Test func whoSeesNothingOfItCorrectsNothing() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let page = try await register(agent, ["q1_unit": torg.text("Roads")])
        let plumber = TestClient(torg)
        try await plumber.logIn(as: "plumber")
        let token = try await plumber.get("/sandvik/mine").formToken
        let sent = try await plumber.submit(page + "/person", from: page, ["name": "Nobody"], token: token)
        #expect(sent.status == 404)
        #expect(try await agent.get(page).body.contains("A. Ås"))
        await torg.close()
    }

    @Test func theMissingAddressIsAskedForWhenTheCaseIsPassedOn() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let page = "/sandvik/cases/\(try await number(agent, try await register(agent, ["wants_updates": "true"])))"
        let opened = try await agent.get(page).body
        #expect(opened.contains("id=\"routing-email\"") && opened.contains("It is missing. Ask the person"))
        let passed = try await agent.fill(
            page, to: page + "/routing", ["unit": [torg.text("Roads")], "email": ["a@example.org"]])
        #expect(passed.status == 303)
        let after = try await agent.get(page).body
        #expect(after.contains("a@example.org") && !after.contains("id=\"routing-email\""))
        // The first mail to the new address tells where the case went.
        let kinds = try await torg.installation.read(torg.sandvik) { op in
            try op.tx.rows(
                "SELECT kind FROM outbox WHERE municipality = \(op.tenant) AND address = 'a@example.org'"
            ).map { try $0["kind"] as String }
        }
        #expect(kinds == ["status"])
        let known = "/sandvik/cases/\(try await number(agent, try await register(agent, ["email": "b@example.org"])))"
        #expect(try await !agent.get(known).body.contains("id=\"routing-email\""))
        await torg.close()
    }
}
