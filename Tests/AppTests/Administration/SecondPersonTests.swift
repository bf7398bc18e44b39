import Database
import Domain
import Support
import Testing

@testable import App

/// Nobody lets themselves, or an account in their hands, into confidential cases (R1.7).
@Suite struct SecondPersonPageTests {
    @Test func aMemberWaitsUntilASecondPersonHasSaidYes() async throws {
        let scene = try await SecondPersonScene()
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
        let scene = try await SecondPersonScene()
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
        let scene = try await SecondPersonScene()
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
        let scene = try await SecondPersonScene()
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
        let scene = try await SecondPersonScene()
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
        let scene = try await SecondPersonScene()
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
}
