import Adapters
import Database
import Domain
import Logging
import Synchronization
import Testing

@testable import App
@testable import Support

/// A database that an earlier Torg has filled: bringing it up to date keeps what stands in it, also where a table is
/// made anew.
@Suite struct UpgradeTests {
    @Test func whatAnEarlierTorgStoredIsKept() async throws {
        let folder = try TestFolder.make()
        let database = try await TestDatabase.make(in: folder)
        try await database.migrate(Array(Migration.all.prefix { $0.number <= 8 }))
        try await database.write(tenant: nil) { tx in
            for row in Self.before9 { try tx.send(row) }
            try SearchIndex.put(.matter, id: 4, tenant: 1, FoundBy("A lamp is out"), language: .norwegian, in: tx)
        }
        // Alerts came with 9, and got one addressee more with 16.
        try await database.migrate(Array(Migration.all.prefix { $0.number <= 15 }))
        try await database.write(tenant: nil) { tx in for row in Self.before16 { try tx.send(row) } }
        try await database.migrate(Migration.all)

        let outbox = Outbox()
        let now = TestTorg.start.adding(days: 1)
        let installation = try await Installation.open(
            database: database, mail: outbox.transport, passwords: try Passwords(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { now })
        // What the search finds by is worked out anew, and so are the keys of telephones.
        #expect(try await Installation.leftByMigrations(in: database) == Set(Rebuild.allCases))
        let done = try await installation.rebuild([.lookupKeys, .searchCases, .searchContacts])
        #expect(done == [.lookupKeys: 1, .searchCases: 1, .searchContacts: 1])
        #expect(try await Installation.leftByMigrations(in: database) == [.actors, .contactHistory])
        #expect(try await installation.rebuild() == [.actors: 2, .contactHistory: 1])
        #expect(try await Installation.leftByMigrations(in: database) == [])
        let user: ID<User> = ID(3)
        try await installation.read(
            ID<Municipality>(1), as: { _, directory, _ in .user(try #require(directory.people[user]?.user)) }
        ) {
            op in
            let kept = try op.cases.load(Self.number, in: .everything)
            #expect((kept.title, kept.state, kept.firstAnswer) == ("A lamp is out", .passedOn, .feedback))
            #expect(try op.outbox.reporters(of: kept.id).map(\.text) == ["A lamp is out by the school"])
            let key: String? = try op.tx.value(
                "SELECT phone_key FROM contacts WHERE municipality = \(op.tenant) AND id = 5")
            #expect(key == "4790012345")
            for typed in ["900 12 345", "+47 90012345", "lamp", "26-10001-5"] {
                let found = try CaseList.search(typed, scope: .everything, limit: 5, after: nil, in: op)
                #expect(found.cases.map(\.id) == [kept.id], "\(typed)")
            }
            // Its contact stands in the history as well, and the citizen who acted is known.
            let lines = try op.tx.rows("SELECT * FROM events WHERE municipality = \(op.tenant) ORDER BY id")
            let about: [[Int64?]] = try lines.map { [try $0["case_id"], try $0["contact_id"], try $0["actor_id"]] }
            #expect(about.prefix(3) == [[nil, 5, 5], [4, nil, 5], [4, nil, 5]])
            let alerts = try op.tx.rows("SELECT * FROM alerts WHERE municipality = \(op.tenant) ORDER BY id")
            let users: [Int64?] = try alerts.map { try $0["user_id"] }
            let units: [Int64?] = try alerts.map { try $0["unit_id"] }
            #expect((users, units) == ([3, nil], [nil, 2]))
        }
        // What was waiting leaves, once; deadlines that were not stored yet are put right.
        #expect(try await installation.runDueJobs().allSatisfy { !$0.failed })
        #expect(outbox.mails.map(\.subject).contains("We have received it"))
        let breaches = Mutex<[String]>([])
        _ = try await installation.verify { breach in breaches.withLock { $0.append(breach.text) } }
        #expect(breaches.withLock { $0 } == [])
        await database.close()
        TestFolder.remove(folder)
    }

    private static let at = TestTorg.start
    private static let number = CaseNumber(year: 26, sequence: 10001)

    private static let before9: [SQL] = [
        """
        INSERT INTO municipalities (id, slug, name, country, time_zone, language, accent, centre, created_at)
        VALUES (1, 'sandvik', 'Sandvik kommune', 'NO', 'Europe/Oslo', 'nb', '#005f73', 2, \(at))
        """,
        """
        INSERT INTO users (municipality, id, login, name, email) VALUES (1, 3, 'kim', 'Kim', 'kim@example.org')
        """,
        "INSERT INTO units (municipality, id, name, leader_id, receiver_id) VALUES (1, 2, 'Innbyggertorget', 3, 3)",
        """
        INSERT INTO contacts (municipality, id, at, channel, direction, name, email, phone, phone_key, wants_updates)
        VALUES (1, 5, \(at), 'telephone', 'in', 'Caller', 'caller@example.org', '90012345', '90012345', 0)
        """,
        """
        INSERT INTO cases (municipality, id, number, created_at, title, unit_id, state, is_acute, is_confidential,
            clocks_from, passed_at, next_due_at, next_due_kind, list_order, version)
        VALUES (1, 4, \(number.sortKey), \(at), 'A lamp is out', 2, 'passedOn', 0, 0,
            \(at), \(at), \(at.adding(days: 1)), 'acknowledge', \(at.adding(days: 1)), 1)
        """,
        "INSERT INTO case_counters (municipality, year, last) VALUES (1, 26, 10001)",
        """
        INSERT INTO questions (municipality, id, contact_id, text, is_answered, case_id)
        VALUES (1, 6, 5, 'A lamp is out by the school', 0, 4)
        """,
        """
        INSERT INTO events (municipality, id, case_id, at, kind, actor, data)
        VALUES (1, 7, 4, \(at), 'case_opened', 'citizen', '{"contact":"5","state":"passedOn","unit":"2"}')
        """,
        """
        INSERT INTO events (municipality, id, case_id, at, kind, actor, data)
        VALUES (1, 11, 4, \(at), 'marked_acute', 'citizen', '{"state":"passedOn","what":"acute"}')
        """,
        """
        INSERT INTO mails (municipality, id, case_id, event_id, kind, address, language, subject, body, state,
            next_attempt_at, created_at)
        VALUES (1, 8, 4, 7, 'receipt', 'caller@example.org', 'en', 'We have received it', 'Thank you', 'waiting',
            \(at), \(at))
        """,
    ]

    private static let before16: [SQL] = [
        """
        INSERT INTO alerts (municipality, id, user_id, case_id, kind, step, due_at, at)
        VALUES (1, 9, 3, 4, 'acknowledge', 'before', \(at.adding(days: 1)), \(at))
        """,
        """
        INSERT INTO alerts (municipality, id, unit_id, case_id, kind, step, due_at, at)
        VALUES (1, 10, 2, 4, 'acknowledge', 'before', \(at.adding(days: 1)), \(at))
        """,
    ]
}
