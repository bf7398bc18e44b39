import Domain
import Foundation
import Support
import Testing

@testable import App

/// Accounts: passwords, keys for programs, and what happens when somebody leaves.
@Suite struct PeopleTests {
    @Test func aNewPasswordEndsTheSessions() async throws {
        let torg = try await TestTorg()
        let (manager, handler) = (TestClient(torg), TestClient(torg))
        try await manager.logIn(as: "admin")
        try await handler.logIn(as: "handler")
        #expect(try await handler.get("/sandvik/mine").status == 200)
        let page = "/sandvik/admin/people/" + torg.text("handler")
        let typed = try await manager.fill(page, to: page + "/password", ["password": ["en lang setning"]])
        #expect(typed.status == 303)
        #expect(try await handler.get("/sandvik/mine").status == 303)
        let stored: String? = try await torg.installation.read(torg.sandvik) { op in
            let id: ID<User> = torg.id("handler")
            return try op.tx.value("SELECT password FROM users WHERE municipality = \(op.tenant) AND id = \(id)")
        }
        #expect(torg.installation.passwords.verify("en lang setning", against: stored))

        let made = try await manager.fill(page, to: page + "/password")
        #expect(made.status == 200)
        let password = try #require(made.body.firstMatch(of: /<code[^>]*>([^<]+)</)?.1)
        #expect(torg.installation.fault(inPassword: String(password), known: ["handler"]) == nil)
        #expect(try await manager.get(page).body.contains(password) == false)
    }

    @Test func whoeverLeavesIsLoggedOutAndTheirKeysEnd() async throws {
        let torg = try await TestTorg()
        let (manager, handler) = (TestClient(torg), TestClient(torg))
        try await manager.logIn(as: "admin")
        try await handler.logIn(as: "handler")
        let page = "/sandvik/admin/people/" + torg.text("handler")
        let made = try await handler.fill("/sandvik/account/tokens", ["name": ["Map"]])
        let key = try #require(made.body.firstMatch(of: /<code[^>]*>([^<]+)</)?.1)
        handler.bearer = String(key)
        #expect(try await handler.call(.get, "/units").status == 200)
        #expect(try await manager.fill(page, ["active": []]).status == 303)
        #expect(try await handler.get("/sandvik/mine").status == 303)
        #expect(try await handler.call(.get, "/units").status == 401)
        // Coming back does not bring the old key back.
        #expect(try await manager.fill(page, ["active": ["true"]]).status == 303)
        #expect(try await handler.call(.get, "/units").status == 401)
        #expect(try await manager.get("/sandvik/admin/people?show=former").body.contains("Nobody has left"))
    }

    @Test func aKeyIsTakenBackOnce() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let page = "/sandvik/admin/people/\(torg.text("agent"))/tokens"
        try await client.logIn(as: "agent")
        let made = try await client.fill("/sandvik/account/tokens")
        try await client.logIn(as: "admin")
        let key = try #require(made.body.firstMatch(of: /<code[^>]*>([^<]+)</)?.1)
        client.bearer = String(key)
        #expect(try await client.call(.get, "/units").status == 200)
        let list = try await client.get(page)
        let form = try #require(HTMLForm(list.body, to: page + "/revocation"))
        #expect(try await client.send(form).status == 303)
        #expect(try await client.call(.get, "/units").status == 401)
        #expect(try await client.send(form).status == 409)
        let after = try await client.get(page)
        #expect(HTMLForm(after.body, to: page + "/revocation") == nil)
        #expect(after.body.contains("Taken back"))
    }

    /// A key for somebody else would show its maker what only the other may see.
    @Test func aKeyIsMadeByItsOwnUserOnly() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let person = "/sandvik/admin/people/" + torg.text("agent")
        let page = try await client.get(person)
        #expect(HTMLForm(page.body, to: person + "/tokens") == nil)
        #expect(try await client.submit(person + "/tokens", from: person, ["name": "x"]).status == 405)
        let keys: Int64? = try await torg.installation.read(torg.sandvik) { op in
            try op.tx.value("SELECT count(*) FROM api_tokens WHERE municipality = \(op.tenant)")
        }
        #expect(keys == 0)
        // One's own can be made and taken back without anybody's help.
        let made = try await client.fill("/sandvik/account/tokens", ["name": ["Statistics"]])
        #expect(made.status == 200)
        let list = try await client.get("/sandvik/account/tokens")
        #expect(list.body.contains("Statistics"))
        let form = try #require(HTMLForm(list.body, to: "/sandvik/account/tokens/revocation"))
        #expect(try await client.send(form).status == 303)
        #expect(try await client.get("/sandvik/account").body.contains("No program has a key that acts as you"))
    }

    @Test func openCasesAreCountedBeforeSomebodyLeaves() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        let registered = try await client.call(
            .post, "/contacts",
            [
                "channel": "telephone",
                "questions": [["text": "The street light is dark", "category": torg.text("Street light")]],
            ])
        let questions = try #require(registered.json["questions"] as? [[String: Any]])
        let number = try #require(questions[0]["case"] as? String)
        let passed = try await client.call(
            .post, "/cases/\(number)/routing", ["unit": torg.text("Roads"), "handler": torg.text("handler")])
        #expect(passed.status == 200)
        try await client.logIn(as: "admin")
        let person = "/sandvik/admin/people/" + torg.text("handler")
        #expect(try await client.get(person).body.contains("1 open case is with this person"))
        let cases = try await client.get(person + "/cases")
        #expect(cases.body.contains("Roads"))
        // The manager of people has no right to see the case itself.
        #expect(!cases.body.contains(number))
        // Nor can its unit be closed.
        let unit = try await client.fill("/sandvik/admin/units/" + torg.text("Roads"), ["active": []])
        #expect(unit.status == 422)
        #expect(unit.body.contains("The unit has 1 open case. Pass it on"))
        #expect(unit.body.contains("Street light"))
    }

    @Test func leadingAUnitDoesNotMakeOneAMemberOfWhatLiesBelow() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let (roads, water) = (torg.text("Roads"), torg.text("Water"))
        #expect(try await client.fill("/sandvik/admin/units/" + water, ["parent": [roads]]).status == 303)
        #expect(
            try await client.fill("/sandvik/admin/units/" + roads, ["leader": [torg.text("leader")]]).status == 303)
        let person = "/sandvik/admin/people/" + torg.text("leader")
        let form = try #require(HTMLForm(try await client.get(person).body, to: person))
        #expect(form.values["units"] == [roads])
        let circle = try await client.fill("/sandvik/admin/units/" + roads, ["parent": [water]])
        #expect(circle.body.contains("A unit cannot lie below itself"))
    }
}
