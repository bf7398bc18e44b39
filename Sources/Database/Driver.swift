/// An engine: runs closures in transactions, on threads of its own.
protocol Driver: Sendable {
    var dialect: Dialect { get }
    func read<Value: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Value) async throws -> Value
    func write<Value: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Value) async throws -> Value
    func backup(to path: String) async throws
    func close() async
}

/// One connection while it is inside a transaction.
protocol Session: AnyObject {
    var dialect: Dialect { get }
    func rows(_ sql: SQL, limit: Int) throws -> [Row]
    func run(_ sql: SQL) throws -> Int
    func script(_ text: String) throws
    func command(_ command: SavepointCommand) throws
}

/// Savepoints nest, so one name is enough: each command means the innermost.
enum SavepointCommand: String {
    case savepoint = "SAVEPOINT step"
    case release = "RELEASE SAVEPOINT step"
    case rollbackToSavepoint = "ROLLBACK TO SAVEPOINT step"
}
