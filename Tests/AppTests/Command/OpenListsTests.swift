import Adapters
import Database
import Domain
import Foundation
import Logging
import Testing

@testable import App
@testable import Support

/// Lists that grow stand in Swift's types: what an earlier Torg stored is kept, a new value needs no new schema, and
/// `torg verify` finds one that nobody knows (docs/decisions/0015).
@Suite struct OpenListsTests {
    @Test func theListsLeaveTheSchemaAndTheRowsStay() async throws {
        let folder = try TestFolder.make()
        let database = try await TestDatabase.make(in: folder)
        try await database.migrate(Array(Migration.all.prefix { $0.number < 28 }))
        try await database.write(tenant: nil) { tx in for row in Self.rows { try tx.send(row) } }
        let before = try await database.read(tenant: nil) { try Self.look($0) }
        #expect(before.lists.isSuperset(of: Self.opened))
        // Another node, whose connections have read the schema of before.
        let other = TestDatabase.isPostgreSQL ? nil : try Database.open(url: "sqlite:\(folder.path)/torg.db")
        if let other { #expect(try await other.read(tenant: nil) { try Self.look($0) } == before) }

        try await database.migrate(Array(Migration.all.prefix { $0.number <= 28 }))
        for node in [database, other].compactMap(\.self) {
            let after = try await node.read(tenant: nil) { try Self.look($0) }
            #expect(after.lists == before.lists.subtracting(Self.opened))
            #expect((after.counts, after.indexes) == (before.counts, before.indexes))
            #expect(after.columns == before.columns)
            if node.dialect == .sqlite {
                let faults: [String] = try await node.read(tenant: nil) { tx in
                    try tx.rows("PRAGMA integrity_check").map { try $0["integrity_check"] }
                        + tx.rows("PRAGMA foreign_key_check").map { try $0["table"] }
                }
                #expect(faults == ["ok"])
            }
        }
        // What a later Torg knows is taken, what holds for ever is guarded still.
        let node = other ?? database
        let later: SQL = "UPDATE contacts SET channel = 'video' WHERE municipality = 1"
        #expect(try await node.write(tenant: nil) { try $0.run(later) } == 1)
        for refused: SQL in [
            "UPDATE contacts SET direction = 'over' WHERE municipality = 1",
            "UPDATE contacts SET wants_updates = 2 WHERE municipality = 1",
            "UPDATE cases SET state = 'lost' WHERE municipality = 1",
            "UPDATE contractor_links SET outcome = NULL WHERE municipality = 1",
            "UPDATE sight_grants SET state = 'waiting' WHERE municipality = 1",
        ] {
            await #expect(throws: DatabaseError.self) { try await node.write(tenant: nil) { try $0.run(refused) } }
        }
        try await database.migrate(Migration.all)
        await other?.close()
        await database.close()
        TestFolder.remove(folder)
    }

    /// A list of words in the schema is one that cannot grow: only what the law or the rules fix for ever may stand there.
    @Test func noOtherListStandsInTheSchema() async throws {
        let installation = try await emptyTorg()
        let lists = try await installation.database.read(tenant: nil) { try Self.look($0).lists }
        #expect(lists == Self.fixed)
        await installation.database.close()
    }

    @Test func aValueThatNobodyKnowsIsFound() async throws {
        let folder = try TestFolder.make()
        let database = try await TestDatabase.make(in: folder)
        try await database.migrate(Array(Migration.all.prefix { $0.number < 28 }))
        try await database.write(tenant: nil) { tx in for row in Self.rows { try tx.send(row) } }
        try await database.migrate(Migration.all)
        // Of a table that is younger.
        try await database.write(tenant: nil) { tx in
            _ = try tx.run(
                """
                INSERT INTO retention_rules (municipality, id, class, decided_by, decision, from_day, set_by)
                VALUES (1, 1, 'cases', 'The council', '1', 1, 3)
                """)
        }
        let installation = try await Installation.open(
            database: database, mail: Outbox().transport, passwords: try Passwords(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { Self.at })
        try await database.write(tenant: 1) { tx in
            let tenant: ID<Municipality> = ID(1)
            for list in StoredList.all {
                let found = try tx.row("SELECT count(*) AS number FROM \(list.table) WHERE municipality = \(tenant)")
                #expect(try #require(found)["number"] as Int == 1, "\(list.place)")
            }
        }
        #expect(try await unknownValues(installation) == [])
        try await database.write(tenant: 1) { tx in
            let tenant: ID<Municipality> = ID(1)
            for list in StoredList.all {
                try tx.run("UPDATE \(list.table) SET \(list.column) = 'strange' WHERE municipality = \(tenant)")
            }
        }
        #expect(
            try await unknownValues(installation)
                == StoredList.all.map { #"\#($0.place) holds "strange" in 1 row(s), which this Torg does not know"# })
        await database.close()
        TestFolder.remove(folder)
    }

    private func unknownValues(_ installation: Installation) async throws -> [String] {
        let collected = Collected()
        _ = try await installation.verify { collected.add($0) }
        return collected.all.filter { $0.name == "unknown_value" }.map(\.text)
    }

    /// Countries have calendars by law, the direction of a contact has two sides, and the states are those of the table of
    /// transitions.
    private static let fixed: Set<String> = [
        "municipalities.country", "contacts.direction", "cases.state",
    ]

    private static let opened: Set<String> = [
        "contacts.channel", "cases.outcome", "measures.kind", "mails.medium", "mails.state", "report_settings.report",
        "contractor_links.outcome", "readings.kind", "sight_grants.state", "tellings.how",
    ]

    /// What there is in the database, as its own catalogue has it.
    private struct Look: Equatable, Sendable {
        /// Columns whose words the schema lists.
        var lists: Set<String> = []
        var counts: [String: Int] = [:]
        var columns: [String] = []
        var indexes: [String] = []
    }

    private static func look(_ tx: Transaction) throws -> Look {
        var look = Look()
        let checks: [Row]
        let tables: [String]
        switch tx.dialect {
        case .sqlite:
            checks = try tx.rows("SELECT name AS owner, sql AS rule FROM sqlite_schema WHERE type = 'table'")
            look.indexes = try tx.rows("SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name").map {
                try $0["name"]
            }
            tables = try checks.map { try $0["owner"] }
            look.columns = try tx.rows(
                """
                SELECT tables.name || '.' || columns.name || ' ' || columns.type || columns."notnull" AS said
                FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
                WHERE tables.type = 'table' ORDER BY tables.name, columns.cid
                """
            ).map { try $0["said"] }
        case .postgres:
            checks = try tx.rows(
                """
                SELECT conrelid::regclass::text AS owner, pg_get_constraintdef(oid) AS rule FROM pg_constraint
                WHERE contype = 'c' AND connamespace = current_schema()::regnamespace
                """)
            look.indexes = try tx.rows(
                "SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexname"
            ).map { try $0["name"] }
            tables = try tx.rows("SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()").map {
                try $0["name"]
            }
            look.columns = try tx.rows(
                """
                SELECT table_name || '.' || column_name || ' ' || data_type || is_nullable AS said
                FROM information_schema.columns WHERE table_schema = current_schema()
                ORDER BY table_name, ordinal_position
                """
            ).map { try $0["said"] }
        }
        for row in checks {
            let (owner, rule): (String, String) = (try row["owner"], try row["rule"])
            // As SQLite keeps it, and as PostgreSQL writes it.
            for found in rule.matches(of: /(\w+) (?:IN \(\s*'|= ANY \(+ARRAY\['(?!\d))/) {
                look.lists.insert("\(owner.split(separator: ".").last ?? "").\(found.output.1)")
            }
        }
        for table in tables where !table.hasPrefix("search") && table != "migrations" {
            look.counts[table] = try tx.value("SELECT count(*) FROM \(SQL(stringLiteral: table))")
        }
        return look
    }

    private static let at = TestTorg.start

    /// One of each table that has a list.
    private static let rows: [SQL] = [
        """
        INSERT INTO municipalities (id, slug, name, country, time_zone, language, accent, centre, created_at)
        VALUES (1, 'sandvik', 'Sandvik kommune', 'NO', 'Europe/Oslo', 'nb', '#005f73', 2, \(at))
        """,
        "INSERT INTO users (municipality, id, login, name) VALUES (1, 3, 'kim', 'Kim')",
        "INSERT INTO users (municipality, id, login, name) VALUES (1, 4, 'ada', 'Ada')",
        "INSERT INTO units (municipality, id, name, leader_id, receiver_id) VALUES (1, 2, 'Innbyggertorget', 3, 3)",
        """
        INSERT INTO contacts (municipality, id, at, channel, direction, wants_updates)
        VALUES (1, 5, \(at), 'telephone', 'in', 0)
        """,
        """
        INSERT INTO cases (municipality, id, number, created_at, title, unit_id, state, is_acute, is_confidential,
            clocks_from, passed_at, closed_at, answer, outcome, reason, version)
        VALUES (1, 6, \(CaseNumber(year: 26, sequence: 10001).sortKey), \(at), 'A lamp is out', 2, 'closed', 0, 0,
            \(at), \(at), \(at), 'No', 'no_action', 'Not ours', 1)
        """,
        """
        INSERT INTO events (municipality, id, case_id, at, kind, actor, data)
        VALUES (1, 7, 6, \(at), 'closed', 'system', '{}')
        """,
        """
        INSERT INTO mails (municipality, id, case_id, event_id, kind, address, language, subject, body, state, attempts,
            next_attempt_at, created_at, sent_at)
        VALUES (1, 8, 6, 7, 'answer', 'caller@example.org', 'nb', 'Svar', 'Nei', 'sent', 1, \(at), \(at), \(at))
        """,
        """
        INSERT INTO measures (municipality, id, case_id, kind, what, who) VALUES (1, 9, 6, 'corrective', 'Lamp', 'Crew')
        """,
        "INSERT INTO readings (municipality, id, case_id, user_id, at) VALUES (1, 10, 6, 3, \(at))",
        "INSERT INTO report_settings (municipality, report, is_mailed, since) VALUES (1, 'open', 1, \(at))",
        "INSERT INTO contractors (municipality, id, name, email) VALUES (1, 11, 'Crew', 'crew@example.org')",
        """
        INSERT INTO contractor_links (municipality, id, case_id, contractor_id, event_id, key_hash, created_at, expires_at,
            ended_at, outcome)
        VALUES (1, 12, 6, 11, 7, 'hash', \(at), \(at), \(at), 'done')
        """,
        """
        INSERT INTO alerts (municipality, id, user_id, case_id, kind, step, due_at, at)
        VALUES (1, 16, 3, 6, 'contractor_asked', 'asked', \(at), \(at))
        """,
        """
        INSERT INTO tellings (municipality, event_id, contact_id, how, at) VALUES (1, 7, 5, 'visit', \(at))
        """,
        """
        INSERT INTO sight_grants (municipality, id, change_id, user_id, unit_id, cause, wanted_by, wanted_at, state,
            decided_at)
        VALUES (1, 13, 14, 3, 2, 'member', 4, \(at), 'withdrawn', \(at))
        """,
        """
        INSERT INTO daily_counts (municipality, day, counted, channel, category_id, unit_id, number)
        VALUES (1, 20000, 'answered', 'visit', 0, 2, 1)
        """,
        """
        INSERT INTO tasks (municipality, id, kind, lane, payload, state, next_attempt_at, created_at)
        VALUES (1, 15, 'renew_deadlines', 'long', '{}', 'waiting', \(at), \(at))
        """,
    ]
}
