import Domain
import Support
import Testing

@testable import App

/// Units, roles and categories on their pages, and municipalities from the command line.
@Suite struct OrganisationTests {
    @Test func unitsWithoutReceiverOrSubstituteArePointedOut() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let water = "/sandvik/admin/units/" + torg.text("Water")
        #expect(try await client.get(water).body.contains("nobody reads what comes in"))
        let filled = try await client.fill(
            water,
            [
                "receiver": [torg.text("plumber")], "substitute": [torg.text("handler")],
                "leader": [torg.text("leader")],
            ])
        #expect(filled.status == 303)
        #expect(try await client.get(water).body.contains("nobody reads what comes in") == false)
        // Somebody who has left receives nothing.
        let plumber = "/sandvik/admin/people/" + torg.text("plumber")
        #expect(try await client.get(plumber).body.contains("leader, receiver or substitute in Water"))
        #expect(try await client.fill(plumber, ["active": []]).status == 303)
        let left = try await client.get(water)
        #expect(left.body.contains("nobody reads what comes in") && left.body.contains("Plumber (has left)"))
        // What stands there may be kept while something else is changed.
        #expect(try await client.fill(water, ["phone": ["12345678"]]).status == 303)
    }

    @Test func theUnitsStandAsATree() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let roads = torg.text("Roads")
        #expect(
            try await client.fill("/sandvik/admin/units/" + torg.text("Water"), ["parent": [roads]]).status == 303)
        let tree = try await torg.installation.read(torg.sandvik) { op in
            op.directory.unitTree().map { "\($0.depth) \($0.unit.name)" }
        }
        #expect(tree == ["1 Innbyggertorget", "1 Roads", "2 Water"])
        let list = try await client.get("/sandvik/admin/units")
        #expect(list.body.contains("level-2"))
        #expect(list.body.contains("Below Roads"))
    }

    @Test func aUnitThatNothingLeadsToIsClosed() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let made = try await client.fill(
            "/sandvik/admin/units/new", to: "/sandvik/admin/units", ["name": ["Parks"]])
        #expect(made.status == 303)
        let id = try await torg.installation.read(torg.sandvik) { op in
            op.directory.units.values.first { $0.name == "Parks" }?.id
        }
        let parks = "/sandvik/admin/units/\(try #require(id))"
        #expect(try await client.fill(parks, ["active": []]).status == 303)
        #expect(try await client.get("/sandvik/admin/units?show=former").body.contains("Parks"))
        #expect(try await client.get("/sandvik/admin/units/new").body.contains("Parks") == false)
    }

    @Test func aRoleIsRemovedWhenNobodyHasIt() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let roles = try await torg.installation.read(torg.sandvik) { op in
            (
                held: op.directory.people.values.first { $0.user.login == "handler" }?.roles.first,
                free: op.directory.roles.values.first { role in
                    !op.directory.people.values.contains { $0.roles.contains(role.id) }
                }?.id
            )
        }
        let held = "/sandvik/admin/roles/\(try #require(roles.held))"
        #expect(try await client.get(held).body.contains("2 people have the role"))
        let token = try await client.get(held).formToken
        let refused = try await client.submit(held, from: held, ["_method": "DELETE"], token: token)
        #expect(refused.status == 422)
        #expect(refused.body.contains("2 people have the role. Give them another one first."))
        let free = "/sandvik/admin/roles/\(try #require(roles.free))"
        let form = try #require(
            HTMLForm(try await client.get(free).body, to: free)?.with(["_method": ["DELETE"]]))
        #expect(try await client.send(form).status == 303)
        #expect(try await client.get(free).status == 404)
    }

    @Test func theTargetsAreShownAsDaysBeforeTheyAreSaved() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let path = "/sandvik/admin/categories/" + torg.text("Street light")
        let opened = try await client.get(path)
        // Monday 20 July is in the holiday period: five working days instead of three.
        #expect(opened.body.contains("hears from us by Monday 27 July"))
        #expect(opened.body.contains("Today is in a holiday period."))
        let looked = try await client.fill(
            path, ["feedback_days": ["1"], "feedback_holiday_days": ["2"], "preview": ["true"]])
        #expect(looked.status == 200)
        #expect(looked.body.contains("hears from us by Wednesday 22 July"))
        #expect(try await client.get(path).body.contains("hears from us by Monday 27 July"))
    }

    @Test func theMunicipalityGetsAnotherCentreAndColour() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let saved = try await client.fill(
            "/sandvik/admin/municipality", ["accent": ["#FFEE00"], "centre": [torg.text("Roads")]])
        #expect(saved.status == 303)
        let municipality = try await torg.installation.read(torg.sandvik) { $0.municipality }
        #expect(municipality.accent == "#ffee00")
        #expect(municipality.centre == torg.id("Roads"))
    }

    @Test func theCommandLineKeepsToTheSameRules() async throws {
        let torg = try await TestTorg()
        func make(_ slug: String, _ change: (inout CreateMunicipality) -> Void = { _ in }) async -> [String] {
            var municipality = CreateMunicipality(
                slug: slug, name: "Fjord", country: .norway, language: "nb", centreName: "Torget",
                adminLogin: "Sjef", adminName: "Sjef", adminPasswordHash: "none")
            change(&municipality)
            do {
                try await municipality.perform(in: torg.installation)
                return []
            } catch let refused as CreateMunicipality.Refused {
                #expect(refused.text.hasSuffix("."))
                return ["\(refused.field) \(refused.code)"]
            } catch {
                return ["\(error)"]
            }
        }
        #expect(await make("fjord") == [])
        #expect(await make("fjord") == ["slug taken"])
        #expect(await make("Api!") == ["slug invalid_slug"])
        #expect(await make("dal") { $0.name = " " } == ["name required"])
        #expect(await make("dal") { $0.language = "fi" } == ["language unknown"])
        #expect(await make("dal") { $0.accent = "red" } == ["accent invalid_colour"])
        #expect(await make("dal") { $0.adminLogin = "a b" } == ["adminLogin invalid_login"])
        #expect(await make("dal") == [])
    }
}
