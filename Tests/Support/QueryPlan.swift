public import Database

extension Database {
    /// How the engine finds what a statement asks for, in its own words, one step in a line. PostgreSQL reads small tables
    /// through on purpose; here it says what it does with large ones.
    public func plan(of sql: SQL) async throws -> String {
        try await read(tenant: nil) { tx in
            switch tx.dialect {
            case .sqlite:
                return try tx.rows("EXPLAIN QUERY PLAN " + sql).map { try $0["detail"] }.joined(separator: "\n")
            case .postgres:
                _ = try tx.row("SELECT set_config('enable_seqscan', 'off', true)")
                return try tx.rows("EXPLAIN " + sql).map { try $0["QUERY PLAN"] }.joined(separator: "\n")
            }
        }
    }

    /// Lets PostgreSQL count what is in some tables, as it does by itself after a while. Torg never asks SQLite to.
    public func analyze(_ tables: [String]) async throws {
        guard dialect == .postgres else { return }
        try await write(tenant: nil) { tx in
            for table in tables { _ = try tx.run("ANALYZE \(SQL(stringLiteral: table))") }
        }
    }
}
