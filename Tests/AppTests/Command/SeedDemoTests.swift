import Adapters
import Database
import Domain
import Logging
import Support
import Testing

@testable import App

/// The demonstration: everything in it is made by the use cases, so it keeps to every rule.
@Suite struct SeedDemoTests {
    @Test(arguments: ["2026-11-22T08:00:00Z", "2026-07-20T07:12:00Z", "2026-01-01T23:30:00Z", "2026-04-06T01:00:00Z"])
    func itIsWholeAtAnyTimeOfTheYear(_ now: String) async throws {
        let installation = try await emptyTorg(at: try #require(Instant(iso8601: now)))
        #expect(try await SeedDemo().perform(in: installation) == .seeded(cases: SeedDemo.cases))
        let breaches = Collected()
        #expect(try await installation.verify { breaches.add($0) } == SeedDemo.cases)
        #expect(breaches.all == [])
        let id = try #require(try await installation.directories.find("sandvik", in: installation.database))
        let (states, late, newest) = try await installation.read(id) { op in
            let rows = try op.tx.rows("SELECT DISTINCT state FROM cases WHERE municipality = \(op.tenant)")
            let late: Int? = try op.tx.value(
                "SELECT count(*) FROM cases WHERE municipality = \(op.tenant) AND next_due_at < \(op.now)")
            let newest: Instant? = try op.tx.value("SELECT max(at) FROM events WHERE municipality = \(op.tenant)")
            return (try rows.map { row -> CaseState in try row["state"] }, late ?? 0, newest)
        }
        #expect(Set(states) == Set(CaseState.allCases))
        #expect(late > 0)
        let left = try await installation.read(id) { op in
            try op.tx.rows(
                "SELECT untold_since, measures_due FROM cases WHERE municipality = \(op.tenant) AND state = 'closed'"
            ).map { (try $0["untold_since"] as Instant?, try $0["measures_due"] as String) }
        }
        #expect(left.contains { $0.0 != nil } && left.contains { !$0.1.isEmpty }, "something is left to do when closed")
        #expect(try #require(newest) <= installation.now())
        await installation.database.close()
    }

    @Test func theAccountsLogInWithThePasswordThatIsTold() async throws {
        let installation = try await emptyTorg()
        _ = try await SeedDemo().perform(in: installation)
        let id = try #require(try await installation.directories.find("sandvik", in: installation.database))
        let (hashes, permissions) = try await installation.read(id) { op in
            let rows = try op.tx.rows(
                "SELECT login, password FROM users WHERE municipality = \(op.tenant) AND password IS NOT NULL")
            let hashes = try rows.map { row -> (String, String) in (try row["login"], try row["password"]) }
            let people = op.directory.people.values.map { ($0.user.login, $0.user.permissions) }
            return (hashes, Dictionary(uniqueKeysWithValues: people))
        }
        #expect(Set(hashes.map(\.0)) == ["agent", "handler", "dompap", "leader", "admin"])
        for (_, hash) in hashes { #expect(installation.passwords.verify("torg-demo", against: hash)) }
        #expect(permissions["agent"]?.contains(.registerContacts) == true)
        #expect(permissions["handler"]?.contains(.handleCases) == true)
        #expect(permissions["leader"]?.contains(.leadUnit) == true)
        #expect(permissions["admin"]?.contains(.managePeople) == true)
        await installation.database.close()
    }

    @Test func somethingWaitsForASecondPerson() async throws {
        let installation = try await emptyTorg()
        _ = try await SeedDemo().perform(in: installation)
        let id = try #require(try await installation.directories.find("sandvik", in: installation.database))
        for (login, decides) in [("admin", true), ("meis", false)] {
            let (shown, decidable) = try await installation.read(
                id,
                as: { _, directory, _ in .user(try #require(directory.account(login))) }
            ) { op in
                let shown = try op.sight.shownGrants()
                return (shown.flatMap(\.self), try shown.flatMap { try op.sight.decidable($0) })
            }
            #expect(shown.count == 1 && decidable.isEmpty != decides, "\(login)")
        }
        let sees = try await installation.read(id) { op in
            let newcomer = try #require(op.directory.account("meis"))
            return newcomer.confidentialUnits.isSuperset(of: newcomer.units)
        }
        #expect(!sees)
        await installation.database.close()
    }

    @Test func aSecondTimeChangesNothing() async throws {
        let installation = try await emptyTorg()
        _ = try await SeedDemo().perform(in: installation)
        #expect(try await SeedDemo().perform(in: installation) == .alreadyThere)
        let count: Int? = try await installation.database.read(tenant: nil) {
            try $0.value("SELECT count(*) FROM cases")
        }
        #expect(count == SeedDemo.cases)
        await installation.database.close()
    }

    @Test func anotherMunicipalityIsLeftAlone() async throws {
        let installation = try await emptyTorg()
        try await CreateMunicipality(
            slug: "nordvik", name: "Nordvik", country: .norway, language: "nb", centreName: "Torget",
            adminLogin: "admin",
            adminName: "Admin", adminPasswordHash: "none"
        ).perform(in: installation)
        #expect(try await SeedDemo().perform(in: installation) == .refused("nordvik"))
        #expect(try await Directories.all(in: installation.database).map(\.slug) == ["nordvik"])
        await installation.database.close()
    }

    @Test func aTokenIsMadeForThoseWhoExist() async throws {
        let torg = try await TestTorg()
        let token = try await CreateToken(municipality: "sandvik", login: "agent").perform(in: torg.installation)
        let client = TestClient(torg)
        client.bearer = token
        #expect(try await client.call(.get, "/cases").status == 200)
        await #expect(throws: CreateToken.Refused.self) {
            _ = try await CreateToken(municipality: "sandvik", login: "nobody").perform(in: torg.installation)
        }
        await #expect(throws: CreateToken.Refused.self) {
            _ = try await CreateToken(municipality: "nowhere", login: "agent").perform(in: torg.installation)
        }
        await torg.close()
    }
}

/// A migrated database without a municipality.
func emptyTorg(at now: Instant = TestTorg.start) async throws -> Installation {
    let database = try await TestDatabase.make(in: TestFolder.make())
    try await database.migrate(Migration.all)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return try await Installation.open(
        database: database, mail: MailTransport { _, _, _ in },
        passwords: Passwords(cost: PasswordCost(memory: 64, passes: 1, lanes: 1)),
        logger: logger, node: 1, now: { now })
}
