import Database
import Domain
@testable import Support
import Testing

@testable import App

/// Whoever set a password before the account could see anything has a hand in what it comes to see (R1.7).
@Suite struct GivenPasswordTests {
    /// A puppet without units, with a password that the maker knows.
    private func puppet(in scene: SecondPersonScene) async throws {
        let handlers = try await scene.torg.read { op in
            try #require(op.directory.roles.values.first { $0.name == op.words("role.handler") }).id
        }
        let made = try await scene.admin.fill(
            "/sandvik/admin/people/new", to: "/sandvik/admin/people",
            [
                "name": ["Puppet"], "login": ["puppet"], "email": ["puppet@sandvik.example"], "roles": ["\(handlers)"],
                "password": ["a long enough one"],
            ])
        #expect(made.status == 303)
        try await scene.chooseOwnPassword("puppet")
    }

    private func put(_ login: String, into unit: String, by manager: String, _ scene: SecondPersonScene) async throws {
        let page = try await scene.page(of: login)
        let saved = try await scene.client(manager).fill(
            page, ["units": [scene.torg.text(unit)], "active": ["true"]])
        #expect(saved.status == 303)
    }

    private func waiting(_ scene: SecondPersonScene) async throws -> [SightGrant] {
        try await scene.torg.read { $0.directory.grants }
    }

    private func seesConfidential(_ login: String, _ scene: SecondPersonScene) async throws -> Bool {
        let water: ID<Domain.Unit> = scene.torg.id("Water")
        return try await scene.torg.read { op in
            try #require(op.directory.people.values.first { $0.user.login == login }).user.confidentialUnits
                .contains(water)
        }
    }

    @Test func whoSetThePasswordIsCheckedByAnotherToo() async throws {
        let scene = try await SecondPersonScene()
        try await puppet(in: scene)
        #expect(try await waiting(scene).isEmpty)
        // An honest colleague puts the puppet into the unit.
        try await put("puppet", into: "Water", by: "second", scene)
        let (admin, second) = (try await scene.person("admin"), try await scene.person("second"))
        let open = try await waiting(scene)
        #expect(open.map(\.wantedBy) == [second, admin] && open.map(\.cause) == [.member, .password])
        // The puppet's maker checks the other, and is checked.
        #expect(try await scene.decide("confirmation", as: "admin", open[0].change).status == 303)
        #expect(try await !seesConfidential("puppet", scene))
        #expect(try await scene.decide("confirmation", as: "admin", open[1].change).status == 422)
        #expect(try await scene.decide("confirmation", as: "boss", open[1].change).status == 303)
        #expect(try await seesConfidential("puppet", scene))
        // Nobody is told that the honest colleague has set a password.
        #expect(try await !scene.mails().contains("sight_doubted puppet@sandvik.example"))
        // It is settled: what comes now is only the new change.
        try await put("puppet", into: "Roads", by: "second", scene)
        #expect(try await waiting(scene).map(\.cause) == [.member])
    }

    @Test func keysFromBeforeDoNotOutlastIt() async throws {
        let scene = try await SecondPersonScene()
        try await puppet(in: scene)
        let puppet = try await scene.person("puppet")
        func keys() async throws -> Int {
            try await scene.torg.read { op in
                try op.tx.value(
                    """
                    SELECT count(*) FROM api_tokens
                    WHERE municipality = \(op.tenant) AND user_id = \(puppet) AND revoked_at IS NULL
                    """) ?? 0
            }
        }
        func makeKey() async throws {
            let client = TestClient(scene.torg)
            let page = "/sandvik/login"
            let login = try await client.submit(page, from: page, ["login": "puppet", "password": "a long enough one"])
            #expect(login.status == 303)
            #expect(try await client.fill("/sandvik/account/tokens", ["name": ["x"]]).status == 200)
        }
        try await makeKey()
        #expect(try await keys() == 1)
        // A new password takes them back, where nothing waits yet as well.
        let page = try await scene.page(of: "puppet")
        let set = try await scene.admin.fill(page, to: page + "/password", ["password": ["a long enough one"]])
        #expect(set.status == 303)
        #expect(try await keys() == 0)
        // And so does the first sight.
        try await scene.chooseOwnPassword("puppet")
        try await makeKey()
        #expect(try await keys() == 1)
        try await put("puppet", into: "Water", by: "second", scene)
        #expect(try await keys() == 0)
    }
}
