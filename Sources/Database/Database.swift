/// A database, SQLite or PostgreSQL, with the same SQL and the same behaviour.
///
/// Closures run on threads of the database, never on Swift's concurrency pool, so they may wait for the disk.
/// They must not wait for anything else.
public final class Database: Sendable {
    let driver: any Driver

    init(driver: any Driver) {
        self.driver = driver
    }

    public var dialect: Dialect { driver.dialect }

    /// Opens `sqlite:path` (whose folder is made) or `postgres://user:password@host:port/database`.
    ///
    /// - Parameters:
    ///   - connections: how many reading transactions run at once, 1…200. Writing ones follow each other, on PostgreSQL
    ///     through one or two connections more.
    ///   - patience: how long a transaction waits for its turn before it throws `unavailable`.
    ///
    /// A PostgreSQL server need not be up yet: until it is, transactions throw `unavailable`.
    public static func open(
        url: String, connections: Int = 8, patience: Duration = .seconds(5)
    ) throws -> Database {
        guard 1...200 ~= connections else {
            throw DatabaseError.failed("the number of database connections is 1 to 200")
        }
        if url.hasPrefix("sqlite:") {
            let path = String(url.dropFirst("sqlite:".count))
            return Database(driver: try SQLiteDriver(path: path, readers: connections, patience: patience))
        }
        if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
            return Database(driver: try PostgreSQLDriver(url: url, connections: connections, patience: patience))
        }
        throw DatabaseError.failed("a database is sqlite:path or postgres://user:password@host:port/database")
    }

    /// Runs a closure that only reads; it sees one state of the database from beginning to end.
    ///
    /// - Parameter tenant: the municipality every statement must carry, or nil for the whole installation.
    public func read<Value: Sendable>(
        tenant: Int64?, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await driver.read { try Self.run(body, in: $0, tenant: tenant) }
    }

    /// Runs a closure that may write. It returns only when what was written is durable; if the closure throws,
    /// nothing of it is stored.
    ///
    /// - Parameter tenant: the municipality every statement must carry, or nil for the whole installation.
    @discardableResult
    public func write<Value: Sendable>(
        tenant: Int64?, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await driver.write { try Self.run(body, in: $0, tenant: tenant) }
    }

    /// Writes a copy of the database, as of one moment, while it is in use. SQLite only: PostgreSQL has `pg_dump`.
    public func backup(to path: String) async throws {
        try await driver.backup(to: path)
    }

    /// Lets what is running finish, and closes. What comes later throws `unavailable`.
    public func close() async {
        await driver.close()
    }

    private static func run<Value>(
        _ body: (Transaction) throws -> Value, in session: any Session, tenant: Int64?
    ) throws -> Value {
        let transaction = Transaction(session: session, tenant: tenant)
        let value = try body(transaction)
        try transaction.finish()
        return value
    }
}
