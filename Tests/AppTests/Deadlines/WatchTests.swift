import Database
import Domain
import Support
import Testing

@testable import App

/// What the watch page counts for whom.
@Suite struct WatchTests {
    /// The number that the page tells as the sum.
    private func stuck(_ api: Api, as login: String) async throws -> Int {
        let client = TestClient(api.torg)
        try await client.logIn(as: login)
        let body = try await client.get("/sandvik/watch").body
        let lead = try #require(body.firstMatch(of: #/<h1>[^<]*</h1><p>([^<]*)</p>/#)).1
        return lead.contains("No case") ? 0 : try #require(Int(lead.prefix { $0.isNumber }), "\(lead)")
    }

    /// Counts are kept for all readers together, so whoever looked first must not decide what the next one sees.
    @Test(arguments: [["agent", "plumber"], ["plumber", "agent"]])
    func aConfidentialCaseIsCountedOnlyForItsUnit(order: [String]) async throws {
        let api = try await Api()
        try await api.torg.keepWatch("plumber")
        let water = api.torg.text("Water")
        _ = try await api.newCase(["unit": water])
        _ = try await api.newCase(["unit": water, "confidential": true])
        #expect(try await stuck(api, as: "agent") == 0)
        api.torg.advance(days: 7)
        for login in order {
            #expect(try await stuck(api, as: login) == (login == "agent" ? 1 : 2), "for \(login)")
        }
        await api.close()
    }
}

extension TestTorg {
    /// Lets somebody keep the page open, beside what they do in their unit.
    func keepWatch(_ login: String) async throws {
        let user: ID<User> = id(login)
        try await installation.write(sandvik) { op in
            try op.tx.run(
                """
                INSERT INTO user_roles (municipality, user_id, role_id) SELECT \(op.tenant), \(user), id FROM roles
                WHERE municipality = \(op.tenant) AND name = \(op.installation.words("nb")("role.agent"))
                """)
            try op.organisation.touch()
        }
    }
}
