import Database
import Domain
import HTTPTypes
import Support
import Testing

@testable import App

/// Who may administer what, and in whose municipality.
@Suite struct AdministrationRightsTests {
    /// Every address of the administration, with ids that exist.
    private static func addresses(_ torg: TestTorg) async throws -> [(method: HTTPRequest.Method, path: String)] {
        let role = try await torg.installation.read(torg.sandvik) { op in
            op.directory.roles.keys.sorted().first?.description ?? ""
        }
        let contractor = try await torg.installation.write(torg.sandvik) { op in
            let id: ID<Contractor> = op.newID()
            try op.tx.run(
                """
                INSERT INTO contractors (municipality, id, name, email)
                VALUES (\(op.tenant), \(id), 'Lys AS', 'post@lys.example')
                """)
            try op.organisation.touch()
            return id
        }
        let values = [
            "contractor": "\(contractor)", "municipality": "sandvik", "person": torg.text("handler"),
            "unit": torg.text("Roads"), "role": role,
            "category": torg.text("Street light"), "text": "mail.receipt.body", "mail": "1",
        ]
        return Administration.routes.map { route in
            let path = values.reduce(route.path) { $0.replacing(":" + $1.key, with: $1.value) }
            return (route.method, path)
        }
    }

    @Test func aHandlerIsRefusedOnEveryAddress() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "handler")
        let token = try await client.get("/sandvik/contacts/new").formToken
        for (method, path) in try await Self.addresses(torg) {
            let answer: TestClient.Answer
            if method == .get {
                answer = try await client.get(path)
            } else {
                let deletion = method == .delete ? ["_method": "DELETE"] : [:]
                answer = try await client.submit(path, from: path, deletion, token: token)
            }
            #expect(answer.status == 403, "\(method) \(path)")
        }
        let changes: Int64? = try await torg.installation.read(torg.sandvik) { op in
            try op.tx.value("SELECT count(*) FROM audit WHERE municipality = \(op.tenant)")
        }
        #expect(changes == 0)
    }

    @Test func whoeverIsNotLoggedInIsSentToTheLogin() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        for (method, path) in try await Self.addresses(torg) where method == .get {
            let answer = try await client.get(path)
            #expect(answer.status == 303, "\(path)")
            #expect(answer.location?.hasPrefix("/sandvik/login") == true, "\(path)")
        }
    }

    @Test func theSystemManagerReachesEveryPage() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        for (method, path) in try await Self.addresses(torg) where method == .get && !path.hasSuffix("mail/1") {
            for language in Catalogues.languages {
                #expect(try await client.get(path + "?language=" + language).status == 200, "\(path) in \(language)")
            }
        }
    }

    @Test func whatBelongsToAnotherMunicipalityDoesNotExist() async throws {
        let torg = try await TestTorg()
        let other = try await CreateMunicipality(
            slug: "fjord", name: "Fjord kommune", country: .norway, language: "nb", centreName: "Torget",
            adminLogin: "sjef", adminName: "Sjef", adminPasswordHash: "none"
        ).perform(in: torg.installation)
        let client = TestClient(torg)
        try await client.logIn(as: "sjef", of: other)
        for (method, path) in try await Self.addresses(torg) where path.contains(/\d{5}/) {
            let path = path.replacing("/sandvik/", with: "/fjord/")
            if method == .get {
                #expect(try await client.get(path).status == 404, "\(path)")
                continue
            }
            let token = try await client.get("/fjord/admin/units/new").formToken
            let deletion = method == .delete ? ["_method": "DELETE"] : [:]
            let answer = try await client.submit(path, from: path, deletion, token: token)
            #expect(answer.status == 404, "\(method) \(path)")
        }
        // Nor can it be named in a field.
        let unit = try await client.fill(
            "/fjord/admin/units/new", to: "/fjord/admin/units",
            ["name": ["Vei"], "receiver": [torg.text("handler")], "parent": [torg.text("Roads")]])
        #expect(unit.status == 422)
        #expect(unit.body.contains("id=\"receiver-error\"") && unit.body.contains("id=\"parent-error\""))
        let person = try await client.fill(
            "/fjord/admin/people/new", to: "/fjord/admin/people",
            ["name": ["Aud"], "login": ["aud"], "units": [torg.text("Roads")]])
        #expect(person.status == 422)
        // A session of one municipality opens nothing in another.
        #expect(try await client.get("/sandvik/admin").status == 303)
    }

    @Test func whoManagesPeopleButNotRolesCannotRiseAboveThat() async throws {
        let torg = try await TestTorg()
        let (clerk, manager): (ID<Role>, ID<Role>) = try await torg.installation.write(torg.sandvik) { op in
            let clerk: ID<Role> = op.newID()
            try op.tx.run(
                """
                INSERT INTO roles (municipality, id, name, permissions)
                VALUES (\(op.tenant), \(clerk), 'Clerk', 'admin.people')
                """)
            let agent: ID<User> = torg.id("agent")
            try op.tx.run(
                "INSERT INTO user_roles (municipality, user_id, role_id) VALUES (\(op.tenant), \(agent), \(clerk))")
            try op.organisation.touch()
            let manager = op.directory.roles.values.first { $0.permissions.contains(.manageRoles) }
            return (clerk, manager?.id ?? clerk)
        }
        let admin = try await torg.installation.read(torg.sandvik) { op in
            op.directory.people.values.first { $0.user.login == "admin" }?.user.id
        }
        let client = TestClient(torg)
        try await client.logIn(as: "agent")
        let own = "/sandvik/admin/people/" + torg.text("agent")
        let risen = try await client.fill(own, ["roles": ["\(clerk)", "\(manager)"]])
        #expect(risen.status == 422)
        #expect(risen.body.contains("id=\"roles-error\""))
        let boss = "/sandvik/admin/people/\(try #require(admin))"
        #expect(try await client.fill(boss, to: boss + "/password", ["password": ["long enough to do"]]).status == 403)
        #expect(try await client.fill(boss, ["login": ["mine"]]).status == 403)
        #expect(try await client.get(boss + "/tokens").status == 403)
        // What takes no more than they may themselves, they may do.
        let handler = "/sandvik/admin/people/" + torg.text("handler")
        #expect(try await client.fill(handler, ["roles": ["\(clerk)"]]).status == 303)
    }
}
