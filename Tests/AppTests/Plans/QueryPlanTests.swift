import Database
import Domain
import Support
import Synchronization
import Testing

@testable import App

/// However many contacts and cases there are, no page, call or job reads through all of them: with 100,000 of each, both
/// engines find what every statement wants in an index.
@Suite struct QueryPlanTests {
    /// Those that grow with every contact.
    private static let large = [
        "cases", "contacts", "questions", "events", "event_positions", "outbox", "search_texts",
        "search_texts_of_contacts", "alerts", "tellings", "measures", "readings",
    ]

    @Test func everyStatementFindsWhatItWantsInAnIndex() async throws {
        var world = try await SecretWorld()
        try await world.contract()
        try await world.open()
        let torg = world.torg
        let database = torg.installation.database
        try await SeedLoad(cases: 1_000, open: 10, municipality: torg.sandvik).perform(in: torg.installation) { _ in }
        _ = try await torg.installation.runDueJobs()
        try await database.write(tenant: nil) { try CopiedRows(tx: $0).make() }
        try await database.analyze(Self.large)

        let heard = Mutex<[String: SQL]>([:])
        database.listen { sql in heard.withLock { $0[sql.text(for: .sqlite)] = sql } }
        try await walk(world)
        database.listen(nil)

        let statements = heard.withLock(\.self).sorted { $0.key < $1.key }
        let partial = try await partialIndexes(in: database)
        #expect(statements.count > 150, "the walk has heard too little")
        for (text, sql) in statements
        where isQuery(text) {
            let plan = try await database.plan(of: sql)
            #expect(faults(of: plan, of: text, sparing: partial) == [], "\(text)\n\(plan)")
        }
        await torg.close()
    }

    /// Every page and call by those who see most, the jobs, and what a citizen and an agent do.
    private func walk(_ world: SecretWorld) async throws {
        let torg = world.torg
        let looks = Route.all.filter { $0.method == .get }.flatMap { world.looks($0) ?? [] }
        for role in ["admin", "agent", "chief", "worker"] {
            let (browser, program) = (try await world.browser(of: role), TestClient(torg))
            try await program.useToken(of: role)
            for door in looks { _ = try await (door.isAPI ? program : browser).get(door.path) }
        }
        let worker = try await world.browser(of: "worker")
        for act in Route.all.compactMap({ world.acts($0) }) where !act.isAPI {
            _ = try await worker.submit(act.path, from: "/sandvik/account", act.fields)
        }
        try await torg.report(email: "planned@example.org")
        _ = try await torg.installation.runDueJobs()
        _ = try await torg.installation.verify(onlyChanged: true) { _ in }
    }

    private func isQuery(_ text: String) -> Bool {
        ["SELECT", "UPDATE", "DELETE", "WITH"].contains { text.hasPrefix($0) }
            && Self.large.contains { text.contains($0) }
    }

    /// Indexes that hold a part of the rows, such as the open cases: to read through one is no harm.
    private func partialIndexes(in database: Database) async throws -> Set<String> {
        let query: SQL =
            switch database.dialect {
            case .sqlite: "SELECT name, sql AS made FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            case .postgres:
                "SELECT indexname AS name, indexdef AS made FROM pg_indexes WHERE schemaname = current_schema()"
            }
        return try await database.read(tenant: nil) { tx in
            Set(try tx.rows(query).filter { try ($0["made"] as String).contains(" WHERE ") }.map { try $0["name"] })
        }
    }

    /// The lines of a plan that read a large table, or an index of it, through all rows of the municipality.
    private func faults(of plan: String, of text: String, sparing partial: Set<String>) -> [String] {
        let lines = plan.split(separator: "\n").map(String.init)
        // Read in the order of an index until there are enough, or at its end alone.
        let isCutShort =
            text.contains("LIMIT") && !plan.contains("TEMP B-TREE FOR ORDER BY") && !plan.contains("Sort Key")
            || text.contains("max(") || text.contains("min(")
        return lines.indices.filter { index in
            let line = lines[index]
            guard let table = Self.large.first(where: { line.contains(" \($0) ") || line.hasSuffix(" \($0)") }),
                !partial.contains(where: { line.contains(" \($0) ") })
            else { return false }
            // SQLite
            if line.hasPrefix("SCAN \(table)") { return !line.contains("VIRTUAL TABLE") }
            if line.hasPrefix("SEARCH \(table)") { return line.hasSuffix("(municipality=?)") && !isCutShort }
            // PostgreSQL
            guard line.contains("Scan") else { return false }
            let details = lines[(index + 1)...].prefix { !$0.contains("->") && !$0.contains("SubPlan") }
            guard !line.contains("Seq Scan"), let found = details.first(where: { $0.contains("Index Cond") }) else {
                return line.contains("Seq Scan") || line.contains("Index")
            }
            return !found.contains(" AND ") && found.contains("(municipality = ") && !isCutShort
        }.map { lines[$0] }
    }
}

/// Rows like those that are there, a hundred times as many, by the engine itself.
private struct CopiedRows {
    let tx: Transaction

    func make() throws {
        // SQLite's index of the search is no table with rows to copy.
        let indexes = tx.dialect == .postgres ? ["search_texts", "search_texts_of_contacts"] : []
        for table in ["cases", "contacts", "questions", "events", "event_positions", "outbox", "alerts"] + indexes {
            try copy(table) { column in
                switch column {
                case "id", "case_id", "contact_id", "event_id": "\(SQL(stringLiteral: column)) + copy * \(Self.apart)"
                case "position": "position + copy * 1000000"
                case "occasion": "occasion || CAST(copy AS TEXT)"
                case "number": "number + copy * 100000"
                default: nil
                }
            }
        }
        // What only some of them have.
        try tx.run(
            """
            INSERT INTO measures (municipality, id, case_id, kind, what, who)
            SELECT municipality, id, id, 'corrective', '', '' FROM cases
            """)
        try tx.run(
            """
            INSERT INTO tellings (municipality, event_id, contact_id, how, at)
            SELECT municipality, id, (SELECT min(id) FROM contacts WHERE municipality = events.municipality), 'telephone', at
            FROM events WHERE kind = 'closed'
            """)
        // Whoever reads the history has read it.
        try tx.run(
            """
            INSERT INTO event_cursors (municipality, consumer, position)
            SELECT id, 'verify', 0 FROM municipalities WHERE 1 = 1 ON CONFLICT DO NOTHING
            """)
        try tx.run(
            """
            UPDATE event_cursors SET position = coalesce((SELECT max(position) FROM event_positions
                WHERE event_positions.municipality = event_cursors.municipality), 0)
            """)
    }

    private func columns(of table: String) throws -> [String] {
        let query: SQL =
            switch tx.dialect {
            case .sqlite: "SELECT name FROM pragma_table_info(\(table))"
            case .postgres:
                """
                SELECT column_name AS name FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = \(table) AND is_generated = 'NEVER'
                """
            }
        return try tx.rows(query).map { try $0["name"] }
    }

    /// Milliseconds and numbers between the ids of two copies: a quarter of a second, more than all there are take.
    private static let apart: SQL = "1073741824"

    /// - Parameter value: what a column holds in a copy; nil for the same.
    private func copy(_ table: String, value: (String) -> SQL?) throws {
        let columns = try columns(of: table)
        let (name, all) = (SQL(stringLiteral: table), columns.map { SQL(stringLiteral: $0) })
        let values = zip(columns, all).map { value($0) ?? $1 }
        try tx.run(
            """
            INSERT INTO \(name) (\(SQL.joined(all)))
            WITH RECURSIVE copies(copy) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT copy + 1 FROM copies WHERE copy < 99)
            SELECT \(SQL.joined(values)) FROM \(name), copies
            """)
    }
}
