/// A transaction, open for one municipality or for the whole installation, within the closure that got it.
///
/// When a statement fails, the transaction is lost, on both engines alike: what follows throws the same error and
/// nothing is stored, even if the closure catches the error. Where a failure is expected, use `savepoint`.
public final class Transaction {
    public let dialect: Dialect
    /// The municipality, or nil for the whole installation.
    public let tenant: Int64?
    private let session: any Session
    private let listener: (@Sendable (SQL) -> Void)?
    private var failure: (any Error)?

    init(session: any Session, tenant: Int64?, listener: (@Sendable (SQL) -> Void)? = nil) {
        self.session = session
        self.tenant = tenant
        self.listener = listener
        dialect = session.dialect
    }

    /// All rows of a query, or of a change with RETURNING.
    public func rows(_ sql: SQL) throws -> [Row] {
        try perform(sql) { try session.rows(sql, limit: .max) }
    }

    /// The first row, or nil when there is none.
    public func row(_ sql: SQL) throws -> Row? {
        try perform(sql) { try session.rows(sql, limit: 1) }.first
    }

    /// The first column of the first row; nil when there is no row or it holds NULL.
    public func value<Value: SQLConvertible>(_ sql: SQL) throws -> Value? {
        guard let stored = try row(sql)?.values.first, stored != .null else { return nil }
        guard let value = Value(sqlValue: stored) else {
            throw DatabaseError.malformed("the value is not a \(Value.self)")
        }
        return value
    }

    /// A number that hardly ever changes, asked once for all closures that share a transaction. Whoever changes it calls
    /// `forget`; what another transaction changes meanwhile may stay unseen for as long as a group lasts.
    public func once(_ name: String, _ question: SQL) throws -> Int64? {
        if let kept = session.kept(name) { return kept }
        let value: Int64? = try value(question)
        session.keep(value, as: name)
        return value
    }

    public func forget(_ name: String) { session.keep(nil, as: name) }

    /// Runs a change and says how many rows it touched.
    @discardableResult
    public func run(_ sql: SQL) throws -> Int {
        try perform(sql) { try session.run(sql) }
    }

    /// Runs a change of which nobody needs to know how many rows it touched. It does not wait for a server: when the
    /// change fails, a later statement throws its error, or the end of the savepoint or of the transaction.
    public func send(_ sql: SQL) throws {
        try perform(sql) { try session.send(sql) }
    }

    /// As `send`, but the change may wait until the transaction ends: neither what follows nor those who share the group
    /// see it before.
    func sendAtEnd(_ sql: SQL) throws {
        try perform(sql) { try session.sendAtEnd(sql) }
    }

    /// Gives an event of the municipality its position in the order of commits (`CommitOrder`); it stands there when the
    /// transaction has ended.
    public func place(_ event: Int64) throws {
        guard let tenant else { throw DatabaseError.tenantMissing(sql: "place") }
        try open()
        session.place(event, of: tenant)
    }

    /// Runs the body so that its failure undoes only what it did itself, and the transaction goes on.
    public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        try open()
        try guarded { try session.command(.savepoint) }
        do {
            let value = try body()
            try open()
            try session.command(.release)
            return value
        } catch {
            try session.command(.rollbackToSavepoint)
            try session.command(.release)
            failure = nil
            throw error
        }
    }

    /// Text of our own, of one or more statements, without values.
    func script(_ text: String) throws {
        try open()
        try guarded { try session.script(text) }
    }

    /// Called when the closure has returned: a lost transaction must not be committed.
    func finish() throws {
        try open()
        try guarded { try session.settle() }
        failure = DatabaseError.failed("a transaction was used after its end")
    }

    private func open() throws {
        if let failure { throw failure }
    }

    private func perform<Value>(_ sql: SQL, _ body: () throws -> Value) throws -> Value {
        try open()
        if let tenant, sql.tenants.count != 1 || !sql.tenants.contains(tenant) {
            throw DatabaseError.tenantMissing(sql: sql.text(for: dialect))
        }
        listener?(sql)
        return try guarded(body)
    }

    private func guarded<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            failure = error
            throw error
        }
    }
}
