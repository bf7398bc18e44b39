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
        let plumber: ID<User> = api.torg.id("plumber")
        try await api.torg.installation.write(api.torg.sandvik) { op in
            // Somebody of the unit who may keep the page open.
            try op.tx.run(
                """
                INSERT INTO user_roles (municipality, user_id, role_id)
                SELECT \(op.tenant), \(plumber), id FROM roles
                WHERE municipality = \(op.tenant) AND name = \(op.installation.words("nb")("role.agent"))
                """)
            try op.touchDirectory()
        }
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
