import Database
import Domain
import Support
import Testing

@testable import App

/// What waits for a second person is said where it is looked for, and told to those who answer for it (R1.7).
@Suite struct SecondPersonToldTests {
    @Test func onTheServerItselfNobodyElseIsNeeded() async throws {
        let scene = try await SecondPersonScene()
        try await scene.put("handler", into: ["Roads", "Water"])
        let listed = try await ConfirmSight(municipality: "sandvik", login: nil).perform(in: scene.torg.installation)
        #expect(listed == ["handler: sees confidential cases in Water (waiting)"])
        _ = try await ConfirmSight(municipality: "sandvik", login: "handler").perform(in: scene.torg.installation)
        #expect(try await scene.sees("handler"))
        #expect(try await scene.audit().last == "sight_confirmed")
        await #expect(throws: ConfirmSight.Refused.self) {
            try await ConfirmSight(municipality: "sandvik", login: "handler").perform(in: scene.torg.installation)
        }
    }

    @Test func whatWaitsIsSaidWhereItIsLookedFor() async throws {
        let scene = try await SecondPersonScene()
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
        let scene = try await SecondPersonScene()
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

    @Test func aUnitThatMayBeNamedIsToldToThoseWhoAnswerForIt() async throws {
        let scene = try await SecondPersonScene()
        let page = "/sandvik/admin/units/" + scene.torg.text("Water")
        #expect(try await scene.admin.fill(page, ["discreet": ["true"]]).status == 303)
        #expect(try await scene.mails() == [])
        #expect(try await scene.admin.fill(page, ["discreet": []]).status == 303)
        #expect(
            try await scene.mails() == ["unit_named boss@sandvik.example", "unit_named owner@sandvik.example"])
        let audit = try await scene.admin.get("/sandvik/admin/audit").body
        #expect(audit.contains("must not be mentioned together with a case"))
    }

    /// A refusal would tell that there is something confidential.
    @Test func aUnitIsClosedWhateverIsConfidentialThereAndItsLeaderTold() async throws {
        let scene = try await SecondPersonScene()
        let torg = scene.torg
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run("UPDATE categories SET unit_id = NULL WHERE municipality = \(op.tenant)")
            try op.organisation.touch()
        }
        let water = "/sandvik/admin/units/" + torg.text("Water")
        #expect(try await scene.admin.fill(water, ["active": []]).status == 303)
        #expect(
            try await scene.mails() == ["unit_closed boss@sandvik.example", "unit_closed owner@sandvik.example"])
        // What is there stays with those who belong to it.
        #expect(try await scene.sees("plumber"))
        let list = try await scene.get("/sandvik/units/" + torg.text("Water"), as: "plumber")
        #expect(list.status == 200 && list.body.contains(scene.number))
    }

    /// Else whoever manages people would lead away what is told of sight, and then take it.
    @Test func anotherAddressIsToldAtTheOldOneAndToTheOthersWhoAnswer() async throws {
        let scene = try await SecondPersonScene()
        let page = try await scene.page(of: "boss")
        #expect(try await scene.admin.fill(page, ["email": ["boss@elsewhere.example"]]).status == 303)
        #expect(
            try await scene.mails() == [
                "address_changed boss@sandvik.example", "address_changed_other owner@sandvik.example",
            ])
        #expect(try await scene.admin.fill(try await scene.page(of: "owner"), ["email": [""]]).status == 303)
        let told = ["address_changed owner@sandvik.example", "address_changed_other second@sandvik.example"]
        #expect(try await scene.mails().isSuperset(of: told))
        // Somebody who answers for nothing is told alone, and nobody when it stays the same.
        let before = try await scene.mails()
        #expect(
            try await scene.admin.fill(try await scene.page(of: "handler"), ["email": ["h@e.example"]]).status == 303)
        #expect(try await scene.admin.fill(try await scene.page(of: "handler"), ["phone": ["90012345"]]).status == 303)
        #expect(try await scene.mails().subtracting(before).allSatisfy { $0.hasPrefix("address_changed handler@") })
    }

    @Test func whoHasNoAddressIsStoodInFor() async throws {
        let scene = try await SecondPersonScene()
        let torg = scene.torg
        let chief = try await SecondPersonScene.add("chief", to: torg, role: "leader")
        let (roads, water): (ID<Domain.Unit>, ID<Domain.Unit>) = (torg.id("Roads"), torg.id("Water"))
        let (boss, owner) = (try await scene.person("boss"), try await scene.person("owner"))
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                "UPDATE units SET leader_id = \(chief) WHERE municipality = \(op.tenant) AND id = \(roads)")
            try op.tx.run(
                "UPDATE units SET parent_id = \(roads) WHERE municipality = \(op.tenant) AND id = \(water)")
            try op.tx.run(
                "UPDATE users SET email = NULL WHERE municipality = \(op.tenant) AND id IN (\(boss), \(owner))")
            try op.organisation.touch()
        }
        try await scene.put("handler", into: ["Roads", "Water"])
        #expect(
            try await scene.mails() == ["sight_wanted chief@sandvik.example", "sight_wanted second@sandvik.example"])
        // On their own pages it stands all the same.
        for login in ["boss", "owner"] {
            #expect(try await scene.get("/sandvik/alerts", as: login).body.contains("Waiting for a second person"))
        }
    }

    @Test func aNewSystemOwnerIsToldToTheOld() async throws {
        let scene = try await SecondPersonScene()
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
        let scene = try await SecondPersonScene()
        let (torg, admin) = (scene.torg, try await scene.person("admin"))
        func write(
            as actor: @escaping Installation.WhoActs, touching: Bool,
            _ change: @escaping @Sendable (App.Operation) throws -> Void
        )
            async throws -> Int
        {
            try await torg.installation.write(torg.sandvik, as: actor) { op in
                try change(op)
                if touching { try op.organisation.touch() }
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
