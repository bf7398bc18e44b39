import Database
import Domain
import Testing

@testable import App
@testable import Support

/// Whom a case is told to while people are away, have left, or may not read it (R4.2, R4.5, R1.7).
@Suite struct AddresseeTests {
    /// The roads: received by the handler, with the agent as substitute; led by the leader, and above by the plumber.
    private func prepare() async throws -> Api {
        let api = try await Api()
        let torg = api.torg
        try await torg.organise()
        let (agent, plumber): (ID<User>, ID<User>) = (torg.id("agent"), torg.id("plumber"))
        let (roads, water): (ID<Unit>, ID<Unit>) = (torg.id("Roads"), torg.id("Water"))
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                """
                UPDATE units SET substitute_id = \(agent), parent_id = \(water)
                WHERE municipality = \(op.tenant) AND id = \(roads)
                """)
            try op.tx.run(
                "UPDATE units SET leader_id = \(plumber) WHERE municipality = \(op.tenant) AND id = \(water)")
            try op.organisation.touch()
        }
        return api
    }

    private func addressee(
        _ recipient: Reminder.Recipient, of path: String, _ api: Api
    ) async throws -> Addressee {
        let number = try #require(CaseNumber(text: path.dropFirst("/cases/".count)))
        return try await api.torg.read { op in
            op.directory.addressee(recipient, of: try op.cases.load(number, in: .everything), on: op.today)
        }
    }

    @Test func aStandInWhoHasLeftDoesNotEndTheSearch() async throws {
        let api = try await prepare()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        try await api.torg.leave("handler", to: "plumber")
        #expect(try await addressee(.handler, of: path, api) == .user(api.torg.id("plumber")))
        try await api.torg.deactivate("plumber")
        #expect(try await addressee(.handler, of: path, api) == .user(api.torg.id("agent")))
        // Nobody above leads any more, so it is the contact centre's.
        try await api.torg.leave("leader", to: "plumber")
        #expect(try await addressee(.leader, of: path, api) == .unit(api.torg.id("centre")))
        await api.close()
    }

    @Test func theLeaderAboveIsToldWhenTheStandInHasLeft() async throws {
        let api = try await prepare()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        try await api.torg.leave("leader", to: "agent")
        try await api.torg.deactivate("agent")
        #expect(try await addressee(.leader, of: path, api) == .user(api.torg.id("plumber")))
        await api.close()
    }

    @Test func whoeverComesSecondIsStoodInForToo() async throws {
        let api = try await prepare()
        let path = try await api.newCase(["unit": api.torg.text("Roads"), "handler": api.torg.text("leader")])
        try await api.torg.leave("handler", to: "plumber")
        #expect(try await addressee(.handler, of: path, api) == .user(api.torg.id("plumber")))
        await api.close()
    }

    @Test func whatOnlyTheUnitMayReadIsToldToNobodyElse() async throws {
        let api = try await prepare()
        let path = try await api.newCase(["unit": api.torg.text("Roads"), "confidential": true])
        // The agent stands in and is the substitute, but does not belong to the unit; its leader does.
        try await api.torg.leave("handler", to: "agent")
        #expect(try await addressee(.handler, of: path, api) == .user(api.torg.id("leader")))
        // Whoever leads above may read what lies below.
        try await api.torg.leave("leader", to: "agent")
        #expect(try await addressee(.leader, of: path, api) == .user(api.torg.id("plumber")))
        await api.close()
    }

    /// An alert that waited for its mail over the day on which its addressee left.
    @Test(arguments: [("plumber", "plumber"), (nil, "agent")] as [(String?, String)])
    func aMailFollowsWhoHasGoneAwaySince(_ substitute: String?, _ reader: String) async throws {
        let api = try await prepare()
        _ = try await api.newCase(["unit": api.torg.text("Roads")])
        api.torg.advance(days: 1)
        #expect(try await api.torg.installation.remindOfDeadlines() == 1)
        try await api.torg.leave("handler", to: substitute)
        #expect(try await api.torg.installation.mailAlerts() == 1)
        #expect(try await api.torg.digests().map(\.address) == [reader + "@sandvik.example"])
        await api.close()
    }

    @Test func itIsSaidThatAStandInHasLeft() async throws {
        let api = try await prepare()
        try await api.torg.leave("handler", to: "plumber")
        let client = TestClient(api.torg)
        try await client.logIn(as: "admin")
        let plumber = "/sandvik/admin/people/" + api.torg.text("plumber")
        #expect(try await client.get(plumber).body.contains("stands in for Handler"))
        try await api.torg.deactivate("plumber")
        for page in ["/sandvik/people/\(api.torg.text("handler"))/absences", "/sandvik/admin/people"] {
            let body = try await client.get(page).body
            #expect(body.contains("Plumber no longer works here, so the unit’s substitute receives."))
        }
        await api.close()
    }
}

extension TestTorg {
    /// Away this week.
    func leave(_ login: String, to substitute: String?) async throws {
        let (user, other): (ID<User>, ID<User>?) = (id(login), substitute.map { id($0) })
        try await installation.write(sandvik) { op in
            try op.tx.run(
                """
                INSERT INTO absences (municipality, id, user_id, first_day, last_day, substitute_id)
                VALUES (\(op.tenant), \(op.newID(of: Absence.self)), \(user), \(op.today), \(op.today + 4), \(other))
                """)
            try op.organisation.touch()
        }
    }

    func deactivate(_ login: String) async throws {
        let user: ID<User> = id(login)
        try await installation.write(sandvik) { op in
            try op.tx.run("UPDATE users SET is_active = 0 WHERE municipality = \(op.tenant) AND id = \(user)")
            try op.organisation.touch()
        }
    }
}
