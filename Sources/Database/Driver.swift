/// An engine: runs closures in transactions, on threads of its own.
protocol Driver: Sendable {
    var dialect: Dialect { get }
    /// How many closures read at once.
    var connections: Int { get }
    func read<Value: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Value) async throws -> Value
    func write<Value: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Value) async throws -> Value
    func backup<Value: Sendable>(
        to path: String, looking look: @escaping @Sendable (any Session) throws -> Value
    ) async throws -> Value
    func completeness() async throws -> Completeness
    func acceptLosses() async throws
    /// Called when the schema is there.
    func hasMigrated() async throws
    var fileFault: String? { get }
    /// Closures that no connection has taken yet.
    var waiting: (reads: Int, writes: Int) { get }
    var remarks: [String] { get }
    func close() async
}

extension Driver {
    func completeness() async throws -> Completeness { .serversOwn }
    func acceptLosses() async throws {}
    func hasMigrated() async throws {}
    var fileFault: String? { nil }
    var remarks: [String] { [] }
}

/// One connection while it is inside a transaction.
protocol Session: AnyObject {
    var dialect: Dialect { get }
    func rows(_ sql: SQL, limit: Int) throws -> [Row]
    func run(_ sql: SQL) throws -> Int
    /// Runs a change now or later; its error comes at the latest from `settle`, or from the call that comes next.
    func send(_ sql: SQL) throws
    /// Runs a change now, or at the transaction's end where that is cheaper: nothing in it, nor in the closures that
    /// share it, sees the change before.
    func sendAtEnd(_ sql: SQL) throws
    /// Gives the event a position in the order of commits when the transaction ends.
    func place(_ event: Int64, of tenant: Int64)
    /// Waits for what was sent.
    func settle() throws
    /// What `Transaction.once` keeps for the closures that share the transaction; it may keep nothing.
    func kept(_ name: String) -> Int64?
    func keep(_ value: Int64?, as name: String)
    func script(_ text: String) throws
    func command(_ command: SavepointCommand) throws
}

extension Session {
    func kept(_ name: String) -> Int64? { nil }
    func keep(_ value: Int64?, as name: String) {}
    func sendAtEnd(_ sql: SQL) throws { try send(sql) }
}

/// Savepoints nest, so one name is enough: each command means the innermost.
enum SavepointCommand: String {
    case savepoint = "SAVEPOINT step"
    case release = "RELEASE SAVEPOINT step"
    case rollbackToSavepoint = "ROLLBACK TO SAVEPOINT step"
}

/// A connection in a transaction that several closures share.
protocol WritingSession: Session {
    /// Keeps what the closure before this one wrote, and makes it possible to undo what the next one writes.
    ///
    /// - Parameter isFirst: there has been no such step in this transaction.
    func beginStep(isFirst: Bool) throws
    /// Undoes what was written since `beginStep`.
    func undoStep() throws
    /// Throws when a deferred foreign key is open, where the engine can tell before the commit.
    func refuseOpenForeignKeys() throws
    /// What everybody is told when the transaction is over and lost because of an error; nil while it goes on.
    func loss(after error: any Error) -> (any Error)?
    func commit() throws
    /// Ends the transaction if it is not over yet.
    func rollback()
    /// Whether the connection is known to be lost.
    var isBroken: Bool { get }
}
