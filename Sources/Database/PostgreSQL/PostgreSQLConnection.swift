import CLibPQ
import Foundation

/// One connection to a PostgreSQL server, with the statements prepared on it. Belongs to one thread.
final class PostgreSQLConnection: WritingSession {
    let dialect = Dialect.postgres
    private let connection: OpaquePointer
    private var pipeline: PostgreSQLPipeline
    /// The names of prepared statements, by their text.
    private var prepared: [String: String] = [:]
    private var forgetsStatements = false
    /// The transaction is alone and has waited long for its locks: nobody will try it again.
    private var isPatient = false
    private var placed = AtEnd<CommitOrder.Placed>()
    /// Of this transaction: what is undone may have been kept, so all of it goes then.
    private var kept: [String: Int64] = [:]
    /// Until then the server is taken to be there.
    private var trustedUntil = ContinuousClock.now

    /// Above this the statements are forgotten and prepared anew: a bound for the server's memory.
    private static let statementLimit = 400
    /// After a longer pause only the answer to BEGIN tells whether a server that is silent is still there.
    private static let trust = Duration.seconds(1)

    init(url: String) throws {
        connection = try Self.connect(url: url)
        pipeline = PostgreSQLPipeline(connection)
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
    }

    deinit {
        PQfinish(connection)
    }

    /// Whether the connection may be used. A server that went away has said so on the socket meanwhile.
    var isUsable: Bool {
        var socket = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
        if poll(&socket, 1, 0) != 0 {
            PQconsumeInput(connection)
            trustedUntil = .now
        }
        return PQstatus(connection) == CONNECTION_OK
    }

    var isBroken: Bool { PQstatus(connection) != CONNECTION_OK }

    /// Whether a transaction has been begun and not ended.
    var isInTransaction: Bool { PQtransactionStatus(connection) != PQTRANS_IDLE }

    /// BEGIN goes out together with the first question, unless it is doubtful whether the server is there.
    func begin(_ mode: PostgreSQLMode) throws {
        if forgetsStatements || prepared.count > Self.statementLimit {
            try script("DEALLOCATE ALL")
            prepared.removeAll()
            forgetsStatements = false
        }
        isPatient = mode == .apart
        placed = AtEnd()
        kept = [:]
        for statement in mode.begin { try send(statement) }
        let now = ContinuousClock.now
        if now >= trustedUntil { try settle() }
        trustedUntil = now + Self.trust
    }

    func commit() throws {
        let end = CommitOrder.insertInTurn(placed.items) + ["COMMIT"]
        for statement in end { _ = try prepare(statement.text(for: .postgres)) }
        // All in one breath: from the lock on, others wait for the server's disk and not for this process.
        for statement in end { try send(statement) }
        // The server answers so when the transaction was lost before.
        if try answers().last?.command == "ROLLBACK" { throw DatabaseError.failed("the transaction was already lost") }
    }

    func rollback() {
        try? settle()
        if isInTransaction { try? script("ROLLBACK") }
    }

    func rows(_ sql: SQL, limit: Int) throws -> [Row] {
        try execute(sql).rows(limit: limit)
    }

    func run(_ sql: SQL) throws -> Int {
        try execute(sql).affected
    }

    func send(_ sql: SQL) throws {
        guard sql.values.count <= SQL.greatestPrepared else { return _ = try execute(sql) }
        try send(sql.text(for: .postgres), PostgreSQLParameters(sql.values))
        if pipeline.isFull { try settle() }
    }

    func place(_ event: Int64, of tenant: Int64) { placed.add(.init(tenant: tenant, id: event)) }

    func settle() throws {
        _ = try answers()
    }

    func kept(_ name: String) -> Int64? { kept[name] }

    func keep(_ value: Int64?, as name: String) { kept[name] = value }

    func script(_ text: String) throws {
        try settle()
        _ = try checked(PQexec(connection, text))
    }

    func command(_ command: SavepointCommand) throws {
        placed.follow(command)
        switch command {
        case .savepoint:
            // Errors of earlier statements are not its concern. It goes out together with what comes next.
            try settle()
            try send(SQL(text: command.rawValue))
        case .release:
            // With it comes the answer to all that was sent since.
            try send(SQL(text: command.rawValue))
            try settle()
        case .rollbackToSavepoint:
            kept = [:]
            // What is undone need not have succeeded.
            try? settle()
            try script(command.rawValue)
        }
    }

    private func execute(_ sql: SQL) throws -> PostgreSQLResult {
        let parameters = try PostgreSQLParameters(sql.values)
        let text = sql.text(for: .postgres)
        guard sql.values.count <= SQL.greatestPrepared else {
            try settle()
            return try parameters.withPointers { values, lengths, formats in
                try checked(PQexecParams(connection, text, Int32(parameters.count), nil, values, lengths, formats, 0))
            }
        }
        if !pipeline.isEmpty {
            try send(text, parameters)
            guard let last = try answers().last else { throw DatabaseError.unavailable(retryAfter: 2) }
            return last
        }
        let name = try prepare(text)
        return try parameters.withPointers { values, lengths, formats in
            try checked(PQexecPrepared(connection, name, Int32(parameters.count), values, lengths, formats, 0))
        }
    }

    private func send(_ text: String, _ parameters: PostgreSQLParameters) throws {
        guard pipeline.send(try prepare(text), parameters) else { throw DatabaseError.unavailable(retryAfter: 2) }
    }

    /// What the server says to all that was sent; the first error counts.
    private func answers() throws -> [PostgreSQLResult] {
        let results = try pipeline.answers().map(checked)
        if isBroken { throw DatabaseError.unavailable(retryAfter: 2) }
        return results
    }

    private func prepare(_ text: String) throws -> String {
        if let name = prepared[text] { return name }
        try settle()
        let name = "s\(prepared.count)"
        _ = try checked(PQprepare(connection, name, text, 0, nil))
        prepared[text] = name
        return name
    }

    private func checked(_ answer: OpaquePointer?) throws -> PostgreSQLResult {
        guard let answer else { throw DatabaseError.unavailable(retryAfter: 2) }
        return try checked(PostgreSQLResult(answer))
    }

    private func checked(_ result: PostgreSQLResult) throws -> PostgreSQLResult {
        if isBroken { throw DatabaseError.unavailable(retryAfter: 2) }
        guard let state = result.errorState else { return result }
        // "Cached plan must not change result type": a migration changed a table under a prepared statement.
        if state == "0A000" {
            forgetsStatements = true
            throw DatabaseError.conflict
        }
        // A lock that was not had in all that time: whatever holds it, trying again at once would be of no use.
        if state == "55P03", isPatient {
            throw DatabaseError.cannotStore("somebody else does not give up a lock (PostgreSQL 55P03)")
        }
        throw DatabaseError(result: result, state: state)
    }

    // MARK: A transaction that several closures share

    func beginStep(isFirst: Bool) throws {
        placed.beginStep()
        // On its way together with the closure's first question.
        for statement in isFirst ? PostgreSQLMode.firstStep : PostgreSQLMode.laterStep { try send(statement) }
    }

    func undoStep() throws {
        placed.undoStep()
        kept = [:]
        try? settle()
        try script("ROLLBACK TO SAVEPOINT job")
    }

    /// The server tells only at the commit.
    func refuseOpenForeignKeys() {}

    func loss(after error: any Error) -> (any Error)? {
        try? settle()
        if isBroken { return DatabaseError.unavailable(retryAfter: 2) }
        return isInTransaction ? nil : DatabaseError.failed("the transaction was lost")
    }

    private static func connect(url: String) throws -> OpaquePointer {
        // What the URL says comes last and prevails.
        let settings = [
            ("application_name", "torg"), ("connect_timeout", "3"), ("tcp_user_timeout", "10000"),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            (
                "options",
                // Compiling a statement that is over in milliseconds takes longer than the statement.
                "-c jit=off -c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
            ),
            ("client_encoding", "UTF8"), ("dbname", url),
        ]
        var keys = settings.map { UnsafePointer<CChar>(strdup($0.0)) } + [nil]
        var values = settings.map { UnsafePointer<CChar>(strdup($0.1)) } + [nil]
        defer { for text in keys + values { free(UnsafeMutableRawPointer(mutating: text)) } }
        guard let connection = PQconnectdbParams(&keys, &values, 1) else {
            throw DatabaseError.unavailable(retryAfter: 2)
        }
        guard PQstatus(connection) == CONNECTION_OK else {
            defer { PQfinish(connection) }
            throw DatabaseError(connectionMessage: String(cString: PQerrorMessage(connection)))
        }
        return connection
    }
}
