import Synchronization

/// A database, SQLite or PostgreSQL, with the same SQL and the same behaviour.
///
/// Closures run on threads of the database, never on Swift's concurrency pool, so they may wait for the disk.
/// They must not wait for anything else.
public final class Database: Sendable {
    let driver: any Driver
    private let latestFault = Mutex<StorageFault?>(nil)
    private let listener = Mutex<(@Sendable (SQL) -> Void)?>(nil)

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
    ///   - creating: whether a SQLite database is made where none has ever been; else `MissingDatabase` is thrown, as it
    ///     always is where there was one.
    ///
    /// A PostgreSQL server need not be up yet: until it is, transactions throw `unavailable`.
    public static func open(
        url: String, connections: Int = 8, patience: Duration = .seconds(5), creating: Bool = true
    ) throws -> Database {
        guard 1...200 ~= connections else {
            throw DatabaseError.failed("the number of database connections is 1 to 200")
        }
        if url.hasPrefix("sqlite:") {
            let path = String(url.dropFirst("sqlite:".count))
            return Database(
                driver: try SQLiteDriver(
                    path: path, readers: connections, patience: patience, creating: creating))
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
        try await driver.read { try self.run(body, in: $0, tenant: tenant) }
    }

    /// Runs a closure that may write. It returns only when what was written is durable; if the closure throws,
    /// nothing of it is stored.
    ///
    /// - Parameter tenant: the municipality every statement must carry, or nil for the whole installation.
    @discardableResult
    public func write<Value: Sendable>(
        tenant: Int64?, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        do {
            return try await driver.write { try self.run(body, in: $0, tenant: tenant) }
        } catch let error as DatabaseError {
            if case .cannotStore(let reason) = error {
                latestFault.withLock { $0 = StorageFault(reason: reason, at: .now) }
            }
            throw error
        }
    }

    /// How many closures read at once; those beyond wait for their turn, and not for ever.
    public var connections: Int { driver.connections }

    /// How many closures no connection has taken yet.
    public var waiting: (reads: Int, writes: Int) { driver.waiting }

    /// Why something could not be stored, and when that was.
    public struct StorageFault: Sendable {
        public var reason: String
        public var at: ContinuousClock.Instant
    }

    /// The latest time that something could not be stored; nil when there was none since the opening.
    public var latestStorageFault: StorageFault? { latestFault.withLock { $0 } }

    /// Writes a copy of the database, as of one moment, while it is in use. SQLite only: PostgreSQL has `pg_dump`.
    ///
    /// The copy is checked for damage, is durable, and is its owner's alone. A file that is there already is never
    /// overwritten; when anything fails, there is none.
    ///
    /// - Parameter look: reads in the copy what is to be told of it.
    public func backup<Value: Sendable>(
        to path: String, looking look: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await driver.backup(to: path) { try self.run(look, in: $0, tenant: nil) }
    }

    /// Lets what is running finish, writes what stands in SQLite's log back into the database's file, and closes. What
    /// comes later throws `unavailable`.
    public func close() async {
        await driver.close()
    }

    /// Gives a closure each statement that is run from now on, before it is: to look at how the engine would do it.
    public func listen(_ listener: (@Sendable (SQL) -> Void)?) { self.listener.withLock { $0 = listener } }

    private func run<Value>(
        _ body: (Transaction) throws -> Value, in session: any Session, tenant: Int64?
    ) throws -> Value {
        let transaction = Transaction(session: session, tenant: tenant, listener: listener.withLock(\.self))
        let value = try body(transaction)
        try transaction.finish()
        return value
    }
}
