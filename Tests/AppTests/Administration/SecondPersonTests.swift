import Database
import Domain
import Foundation
import HTTPTypes
import Support
import Testing

@testable import App

/// Nobody lets themselves, or an account in their hands, into confidential cases (R1.7).
@Suite struct SecondPersonPageTests {
    /// A confidential case at Water; admin, who manages all; a leader of Water with an address; a second manager.
    struct Scene {
        let torg: TestTorg
        let number: String
        let admin: TestClient

        init() async throws {
            torg = try await TestTorg()
            let client = TestClient(torg)
            try await client.useToken(of: "agent")
            let registered = try await client.call(
                .post, "/contacts",
                ["channel": "telephone", "questions": [["text": "My own matter", "category": torg.text("Care")]]])
            let questions = try #require(registered.json["questions"] as? [[String: Any]])
            number = try #require(questions[0]["case"] as? String)
            let boss: ID<User> = try await SecondPersonPageTests.add("boss", to: torg, role: "leader")
            let second: ID<User> = try await SecondPersonPageTests.add("second", to: torg, role: "system_manager")
            let owner: ID<User> = try await SecondPersonPageTests.add("owner", to: torg, role: "system_owner")
            let water: ID<Domain.Unit> = torg.id("Water")
            // As the server's own commands do it: nobody's yes is missing.
            try await torg.installation.write(torg.sandvik) { op in
                try op.tx.run(
                    "UPDATE units SET leader_id = \(boss) WHERE municipality = \(op.tenant) AND id = \(water)")
                try op.tx.run("UPDATE municipalities SET owner_id = \(owner) WHERE id = \(op.tenant)")
                try op.touchDirectory()
            }
            _ = second
            admin = TestClient(torg)
            try await admin.logIn(as: "admin")
        }

        func client(_ login: String) async throws -> TestClient {
            let client = TestClient(torg)
            try await client.logIn(as: login)
            return client
        }

        func get(_ path: String, as login: String) async throws -> TestClient.Answer {
            let client = try await client(login)
            return try await client.get(path)
        }

        /// Whether they see the case, by page and by API.
        func sees(_ login: String) async throws -> Bool {
            let client = try await client(login)
            try await client.useToken(of: login)
            let page = try await client.get("/sandvik/cases/" + number).status
            let call = try await client.call(.get, "/cases/" + number).status
            #expect(page == call)
            return page == 200
        }

        func person(_ login: String) async throws -> ID<User> {
            try await torg.installation.read(torg.sandvik) { op in
                try #require(op.directory.people.values.first { $0.user.login == login }).user.id
            }
        }

        func page(of login: String) async throws -> String { "/sandvik/admin/people/\(try await person(login))" }

        func put(_ login: String, into units: [String]) async throws {
            let saved = try await admin.fill(
                try await page(of: login), ["units": units.map { torg.text($0) }, "active": ["true"]])
            #expect(saved.status == 303)
        }

        /// As after the first login with a password that somebody else chose: also whoever chose it can do this.
        func chooseOwnPassword(_ login: String) async throws {
            let id = try await person(login)
            try await torg.installation.write(torg.sandvik) { op in
                _ = try op.tx.run(
                    "UPDATE users SET must_change_password = 0 WHERE municipality = \(op.tenant) AND id = \(id)")
            }
        }

        func change() async throws -> ID<SightChange> {
            try await torg.installation.read(torg.sandvik) { op in try #require(op.directory.grants.last).change }
        }

        func decide(_ what: String, as login: String, _ change: ID<SightChange>? = nil) async throws
            -> TestClient.Answer
        {
            let chosen = if let change { change } else { try await self.change() }
            return try await client(login).submit("/sandvik/sight/\(chosen)/\(what)", from: "/sandvik/sight", [:])
        }

        /// What was mailed, by kind and address.
        func mails() async throws -> Set<String> {
            try await torg.installation.read(torg.sandvik) { op in
                Set(
                    try op.tx.rows("SELECT kind, address FROM mails WHERE municipality = \(op.tenant)").map { row in
                        let (kind, address): (String, String) = (try row["kind"], try row["address"])
                        return kind + " " + address
                    })
            }
        }

        func audit() async throws -> [String] {
            try await torg.installation.read(torg.sandvik) { op in
                try op.tx.rows("SELECT kind FROM audit WHERE municipality = \(op.tenant) ORDER BY id").map {
                    try $0["kind"]
                }
            }
        }
    }

    @discardableResult
    static func add(_ login: String, to torg: TestTorg, role: String, units: [String] = []) async throws -> ID<User> {
        try await torg.installation.write(torg.sandvik) { op in
            let id: ID<User> = op.newID()
            let password = try op.installation.passwords.hash("torg-demo")
            try op.tx.run(
                """
                INSERT INTO users (municipality, id, login, name, email, password, language)
                VALUES (\(op.tenant), \(id), \(login), \(login.capitalized), \(login + "@sandvik.example"), \(password), 'en')
                """)
            try op.tx.run(
                """
                INSERT INTO user_roles (municipality, user_id, role_id) SELECT \(op.tenant), \(id), id FROM roles
                WHERE municipality = \(op.tenant) AND name = \(op.installation.words("nb")("role." + role))
                """)
            for unit in units {
                let unit: ID<Domain.Unit> = torg.id(unit)
                try op.tx.run(
                    "INSERT INTO memberships (municipality, user_id, unit_id) VALUES (\(op.tenant), \(id), \(unit))")
            }
            try op.touchDirectory()
            return id
        }
    }

    @Test func aMemberWaitsUntilASecondPersonHasSaidYes() async throws {
        let scene = try await Scene()
        try await scene.put("admin", into: ["Water"])
        // At once for what is not confidential, and not for the rest.
        let client = try await scene.client("admin")
        let list = try await client.get("/sandvik/units/" + scene.torg.text("Water"))
        #expect(list.body.contains("Confidential cases in Water are missing here"))
        #expect(list.body.contains("Boss"))
        #expect(try await !scene.sees("admin"))
        #expect(
            try await client.get("/sandvik/account").body.contains("You do not yet see confidential cases in Water"))
        let told = try await scene.mails()
        #expect(told == ["sight_wanted boss@sandvik.example", "sight_wanted owner@sandvik.example"])
        // Who made it, who gains by it, and who has no say.
        #expect(try await scene.decide("confirmation", as: "admin").status == 422)
        #expect(try await scene.decide("confirmation", as: "owner").status == 403)
        #expect(try await scene.decide("confirmation", as: "plumber").status == 404)
        #expect(try await !scene.sees("admin"))
        #expect(try await scene.decide("confirmation", as: "boss").status == 303)
        #expect(try await scene.sees("admin"))
        #expect(
            try await scene.mails().isSuperset(of: [
                "sight_confirmed boss@sandvik.example", "sight_confirmed owner@sandvik.example",
            ]))
        let audit = try await scene.audit()
        #expect(audit.contains("sight_wanted") && audit.contains("sight_confirmed"))
        #expect(try await scene.decide("confirmation", as: "boss", ID(1)).status == 404)
        // Taken out and put in again: anew.
        try await scene.put("admin", into: [])
        try await scene.put("admin", into: ["Water"])
        #expect(try await !scene.sees("admin"))
    }

    @Test func anotherManagerSaysYesOrNo() async throws {
        let scene = try await Scene()
        try await scene.put("handler", into: ["Roads", "Water"])
        #expect(try await !scene.sees("handler"))
        #expect(try await scene.decide("refusal", as: "second").status == 303)
        #expect(try await !scene.sees("handler"))
        #expect(try await scene.get("/sandvik/account", as: "handler").body.contains("Second said no"))
        #expect(try await scene.mails().contains("sight_refused owner@sandvik.example"))
        // What is not confidential they see all the same, and what was theirs before.
        #expect(try await scene.get("/sandvik/units/" + scene.torg.text("Water"), as: "handler").status == 200)
        // A no is not for ever.
        #expect(try await scene.decide("confirmation", as: "second").status == 303)
        #expect(try await scene.sees("handler"))
    }

    @Test func leadingMovingAndReopeningWaitToo() async throws {
        let scene = try await Scene()
        let (torg, admin) = (scene.torg, scene.admin)
        let adminID = try await scene.person("admin")
        let (roads, water) = (
            "/sandvik/admin/units/" + torg.text("Roads"), "/sandvik/admin/units/" + torg.text("Water")
        )
        // The leader of another unit, above which the secret one is hung.
        #expect(try await admin.fill(roads, ["leader": ["\(adminID)"]]).status == 303)
        #expect(try await admin.fill(water, ["parent": [torg.text("Roads")]]).status == 303)
        #expect(try await !scene.sees("admin"))
        #expect(try await scene.mails().contains("sight_wanted boss@sandvik.example"))
        // The leader themselves; the one from before is told.
        #expect(try await admin.fill(water, ["parent": [""], "leader": ["\(adminID)"]]).status == 303)
        #expect(try await !scene.sees("admin"))
        // An account that was closed, of somebody who belonged there.
        let plumber = try await scene.page(of: "plumber")
        #expect(try await scene.sees("plumber"))
        #expect(try await admin.fill(plumber, ["active": []]).status == 303)
        #expect(try await admin.fill(plumber, ["active": ["true"]]).status == 303)
        #expect(try await !scene.sees("plumber"))
    }

    @Test func anAccountInTheirHandsIsNoSecondPerson() async throws {
        let scene = try await Scene()
        let role = try await scene.torg.installation.read(scene.torg.sandvik) { op in
            try #require(op.directory.roles.values.first { $0.permissions.contains(.managePeople) }).id
        }
        // A puppet who may manage people.
        let made = try await scene.admin.fill(
            "/sandvik/admin/people/new", to: "/sandvik/admin/people",
            ["name": ["Puppet"], "login": ["puppet"], "roles": ["\(role)"], "password": ["a long enough one"]])
        #expect(made.status == 303)
        try await scene.chooseOwnPassword("puppet")
        try await scene.put("admin", into: ["Water"])
        let wanted = try await scene.change()
        #expect(try await scene.decide("confirmation", as: "puppet", wanted).status == 422)
        // The other manager, with a password of one's own choice.
        let second = try await scene.page(of: "second")
        #expect(
            try await scene.admin.fill(second, to: second + "/password", ["password": ["another long one"]]).status
                == 303)
        try await scene.chooseOwnPassword("second")
        #expect(try await scene.decide("confirmation", as: "second", wanted).status == 422)
        #expect(try await !scene.sees("admin"))
        // Somebody who gets the right by a change of their role.
        let handlers = try await scene.torg.installation.read(scene.torg.sandvik) { op in
            try #require(op.directory.roles.values.first { $0.name == op.words("role.handler") }).id
        }
        let page = "/sandvik/admin/roles/\(handlers)"
        #expect(
            try await scene.admin.fill(page, ["permissions": ["case.handle", "case.route", "admin.people"]]).status
                == 303)
        #expect(try await scene.decide("confirmation", as: "handler", wanted).status == 422)
        #expect(try await scene.decide("confirmation", as: "boss", wanted).status == 303)
    }

    @Test func aPasswordSetBySomebodyElseTakesSightUntilConfirmed() async throws {
        let scene = try await Scene()
        #expect(try await scene.sees("boss"))
        let boss = try await scene.page(of: "boss")
        let set = try await scene.admin.fill(boss, to: boss + "/password", ["password": ["a long enough one"]])
        #expect(set.status == 303)
        try await scene.chooseOwnPassword("boss")
        #expect(try await !scene.sees("boss"))
        #expect(
            try await scene.mails() == [
                "sight_doubted boss@sandvik.example", "sight_wanted owner@sandvik.example",
            ])
        // Whoever sits there now leaves nothing behind that lasts longer, and decides nothing.
        let client = try await scene.client("boss")
        let token = try await client.fill("/sandvik/account/tokens", ["name": ["x"]])
        #expect(token.status == 422)
        try await scene.put("admin", into: ["Water"])
        #expect(try await scene.decide("confirmation", as: "boss").status == 422)
        let first = try await scene.torg.installation.read(scene.torg.sandvik) { op in
            try #require(op.directory.grants.first).change
        }
        #expect(try await scene.decide("confirmation", as: "admin", first).status == 422)
        #expect(try await scene.decide("confirmation", as: "second", first).status == 303)
        #expect(try await scene.sees("boss"))
    }

    @Test func eachWhoHadAHandInItIsCheckedByAnother() async throws {
        let scene = try await Scene()
        try await scene.put("handler", into: ["Roads", "Water"])
        let added = try await scene.change()
        // The second manager sets a password, and then says yes to what the first one wanted.
        let second = try await scene.client("second")
        let handler = try await scene.page(of: "handler")
        #expect(
            try await second.fill(handler, to: handler + "/password", ["password": ["a long enough one"]]).status == 303
        )
        try await scene.chooseOwnPassword("handler")
        #expect(try await scene.decide("confirmation", as: "second", added).status == 303)
        #expect(try await !scene.sees("handler"))
        let doubted = try await scene.change()
        #expect(try await scene.decide("confirmation", as: "second", doubted).status == 422)
        #expect(try await scene.decide("confirmation", as: "boss", doubted).status == 303)
        #expect(try await scene.sees("handler"))
    }

    @Test func onTheServerItselfNobodyElseIsNeeded() async throws {
        let scene = try await Scene()
        try await scene.put("handler", into: ["Roads", "Water"])
        let listed = try await ConfirmSight(municipality: "sandvik", login: nil).perform(in: scene.torg.installation)
        #expect(listed == ["handler: Water (waiting)"])
        _ = try await ConfirmSight(municipality: "sandvik", login: "handler").perform(in: scene.torg.installation)
        #expect(try await scene.sees("handler"))
        #expect(try await scene.audit().last == "sight_confirmed")
        await #expect(throws: ConfirmSight.Refused.self) {
            try await ConfirmSight(municipality: "sandvik", login: "handler").perform(in: scene.torg.installation)
        }
    }

    @Test func whatWaitsIsSaidWhereItIsLookedFor() async throws {
        let scene = try await Scene()
        let empty = try await scene.admin.get("/sandvik/sight")
        #expect(empty.body.contains("Nothing is waiting for a second person"))
        try await scene.put("handler", into: ["Roads", "Water"])
        let person = try await scene.admin.get(try await scene.page(of: "handler"))
        #expect(person.body.contains("Handler does not yet see confidential cases in Water"))
        let unit = try await scene.admin.get("/sandvik/admin/units/" + scene.torg.text("Water"))
        #expect(unit.body.contains("This can be approved by Boss, Second"))
        let own = try await scene.admin.get("/sandvik/sight")
        #expect(own.body.contains("You made the change") && !own.body.contains("/confirmation\""))
        let boss = try await scene.get("/sandvik/sight", as: "boss")
        #expect(boss.body.contains("/confirmation\"") && boss.body.contains("/refusal\""))
        #expect(boss.body.contains("Belongs to the unit"))
        for language in Catalogues.languages {
            #expect(try await scene.get("/sandvik/sight?language=" + language, as: "boss").status == 200)
        }
    }

    @Test func aCategoryThatLosesItsSecretIsToldToThoseWhoAnswerForIt() async throws {
        let scene = try await Scene()
        let page = "/sandvik/admin/categories/" + scene.torg.text("Care")
        #expect(try await scene.admin.fill(page, ["unit": [scene.torg.text("Roads")]]).status == 303)
        #expect(
            try await scene.mails() == [
                "category_moved boss@sandvik.example", "category_moved owner@sandvik.example",
            ])
        #expect(try await scene.admin.fill(page, ["confidential": []]).status == 303)
        #expect(try await scene.mails().contains("category_opened owner@sandvik.example"))
        // What was registered before stays what it was.
        #expect(try await !scene.sees("handler"))
        #expect(try await scene.sees("plumber"))
    }

    @Test func aNewSystemOwnerIsToldToTheOld() async throws {
        let scene = try await Scene()
        let admin = try await scene.person("second")
        let page = "/sandvik/admin/municipality"
        #expect(
            try await scene.admin.fill(page, ["owner": ["\(admin)"], "owner_substitute": ["\(admin)"]]).status == 422)
        #expect(try await scene.admin.fill(page, ["owner": ["\(admin)"]]).status == 303)
        #expect(
            try await scene.mails() == ["owner_changed owner@sandvik.example", "owner_changed second@sandvik.example"])
    }

    /// No page has to ask for the rule: it is looked at in every transaction in which a colleague changes something, those
    /// of pages to come as well.
    @Test func whateverAColleagueWritesIsWatched() async throws {
        let scene = try await Scene()
        let (torg, admin) = (scene.torg, try await scene.person("admin"))
        func write(
            as actor: @escaping Installation.WhoActs, touching: Bool,
            _ change: @escaping @Sendable (App.Operation) throws -> Void
        )
            async throws -> Int
        {
            try await torg.installation.write(torg.sandvik, as: actor) { op in
                try change(op)
                if touching { try op.touchDirectory() }
            }
            return try await torg.installation.read(torg.sandvik) { $0.directory.grants.count }
        }
        let asAdmin: Installation.WhoActs = { _, directory, _ in .user(try #require(directory.people[admin]?.user)) }
        let water: ID<Domain.Unit> = torg.id("Water")
        let handler: ID<User> = torg.id("handler")
        let agent: ID<User> = torg.id("agent")
        let put = { (user: ID<User>) in
            { @Sendable (op: App.Operation) throws -> Void in
                try op.tx.run(
                    "INSERT INTO memberships (municipality, user_id, unit_id) VALUES (\(op.tenant), \(user), \(water))")
            }
        }
        #expect(try await write(as: asAdmin, touching: true, put(handler)) == 1)
        // What was forgotten to be told comes to light with the next change.
        #expect(try await write(as: asAdmin, touching: false, put(agent)) == 1)
        #expect(try await write(as: asAdmin, touching: true) { _ in } == 2)
        // A command on the server counts as confirmed.
        #expect(try await write(as: { _, _, _ in .system }, touching: true, put(admin)) == 2)
        #expect(try await scene.sees("admin"))
        #expect(try await !scene.sees("handler"))
    }
}
