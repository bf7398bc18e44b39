/// One numbered step of the schema. What has been applied anywhere is never changed, only followed by another.
public struct Migration: Sendable {
    /// 1, 2, 3, … without gaps.
    public let number: Int
    /// What it does, in a few words; recorded, and compared at every start.
    public let name: String
    /// Plain text, in order; values are not bound.
    public let statements: @Sendable (Dialect) -> [SQL]

    public init(number: Int, name: String, statements: @escaping @Sendable (Dialect) -> [SQL]) {
        self.number = number
        self.name = name
        self.statements = statements
    }
}

extension Database {
    /// Brings the schema up to date: each pending migration in a transaction of its own, recorded in `migrations`.
    ///
    /// Nodes that start at once wait for each other. Throws `failed` on a gap, on a name that differs from the
    /// recorded one, and on a database that is newer than the program.
    public func migrate(_ migrations: [Migration]) async throws {
        try Migration.checkNumbers(migrations)
        while try await write(tenant: nil, { try Migration.applyNext(of: migrations, in: $0) }) {}
        try await driver.hasMigrated()
    }

    /// What `migrate` would apply, in order. Throws as it does.
    public func pendingMigrations(_ migrations: [Migration]) async throws -> [Migration] {
        try Migration.checkNumbers(migrations)
        return try await read(tenant: nil) { transaction in
            let recorded = try Migration.tableExists(in: transaction) ? Migration.recorded(in: transaction) : []
            return try Migration.pending(of: migrations, recorded: recorded)
        }
    }
}

extension Migration {
    fileprivate struct Recorded {
        let number: Int
        let name: String
    }

    /// Two nodes take this lock in turn; SQLite has one writer at a time by itself.
    private static let lock = """
        SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(7307911)
        """

    /// Applies the first pending migration; false when there is none.
    fileprivate static func applyNext(of migrations: [Migration], in transaction: Transaction) throws -> Bool {
        if transaction.dialect == .postgres { try transaction.script(lock) }
        if try !tableExists(in: transaction) {
            try transaction.script(
                """
                CREATE TABLE migrations (
                    number INTEGER PRIMARY KEY, name TEXT NOT NULL,
                    applied_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)
                """)
        }
        let waiting = try pending(of: migrations, recorded: recorded(in: transaction))
        guard let next = waiting.first else { return false }
        for statement in next.statements(transaction.dialect) {
            guard statement.values.isEmpty else {
                throw DatabaseError.failed("migration \(next.number) \(next.name) binds a value; it is plain text")
            }
            try transaction.script(statement.text(for: transaction.dialect))
        }
        try transaction.run("INSERT INTO migrations (number, name) VALUES (\(next.number), \(next.name))")
        return waiting.count > 1
    }

    fileprivate static func tableExists(in transaction: Transaction) throws -> Bool {
        let found: Int? =
            switch transaction.dialect {
            case .sqlite:
                try transaction.value("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'")
            case .postgres: try transaction.value("SELECT 1 WHERE to_regclass('migrations') IS NOT NULL")
            }
        return found != nil
    }

    fileprivate static func recorded(in transaction: Transaction) throws -> [Recorded] {
        try transaction.rows("SELECT number, name FROM migrations ORDER BY number").map {
            Recorded(number: try $0["number"], name: try $0["name"])
        }
    }

    fileprivate static func checkNumbers(_ migrations: [Migration]) throws {
        for (index, migration) in migrations.enumerated() where migration.number != index + 1 {
            throw DatabaseError.failed("migration \(index + 1) is missing: \(migration.number) stands in its place")
        }
    }

    fileprivate static func pending(of migrations: [Migration], recorded: [Recorded]) throws -> [Migration] {
        for (index, done) in recorded.enumerated() {
            guard done.number == index + 1 else {
                throw DatabaseError.failed("the database lacks migration \(index + 1) but has \(done.number)")
            }
            guard index < migrations.count else {
                throw DatabaseError.failed(
                    "the database is newer than this program: it has migration \(done.number) \(done.name)")
            }
            guard migrations[index].name == done.name else {
                throw DatabaseError.failed(
                    "migration \(done.number) was applied as \(done.name), but is now \(migrations[index].name)")
            }
        }
        return Array(migrations.dropFirst(recorded.count))
    }
}
