import Foundation
import GRDB
import GRDBSQLite

/// A SQLite connection within a transaction.
final class SQLiteSession: WritingSession {
    let dialect = Dialect.sqlite
    private let database: GRDB.Database
    private let commits: Commits?
    /// The full-text index writes what it has gathered at each savepoint, which costs more than the row itself.
    private var atEnd = AtEnd<SQL>()
    private var placed = AtEnd<CommitOrder.Placed>()
    /// How many rows this connection had changed when the transaction began.
    private var changesBefore = 0

    /// - Parameter commits: numbers what is committed here; nil where nothing is.
    init(_ database: GRDB.Database, _ commits: Commits? = nil) {
        self.database = database
        self.commits = commits
    }

    func rows(_ sql: SQL, limit: Int) throws -> [Row] {
        try mapped {
            let statement = try prepared(sql)
            let cursor = try SQLiteRows(of: statement, sql.values)
            var rows: [Row] = []
            var columns: Columns?
            // To the end even past the limit when it writes: RETURNING must not leave the statement half run.
            while let values = try cursor.next() {
                if rows.count < limit {
                    let names = columns ?? Columns(statement.columnNames)
                    columns = names
                    rows.append(Row(columns: names, values: values))
                }
                if rows.count == limit && statement.isReadonly { break }
            }
            return rows
        }
    }

    func run(_ sql: SQL) throws -> Int {
        try mapped {
            let statement = try prepared(sql)
            let cursor = try SQLiteRows(of: statement, sql.values)
            while try cursor.next() != nil {}
            return statement.isReadonly ? 0 : database.changesCount
        }
    }

    func send(_ sql: SQL) throws { _ = try run(sql) }

    func sendAtEnd(_ sql: SQL) { atEnd.add(sql) }

    func place(_ event: Int64, of tenant: Int64) { placed.add(.init(tenant: tenant, id: event)) }

    func settle() {}

    func script(_ text: String) throws {
        try mapped { try database.execute(sql: text) }
    }

    func command(_ command: SavepointCommand) throws {
        try statement(command.rawValue)
        atEnd.follow(command)
        placed.follow(command)
    }

    private func prepared(_ sql: SQL) throws -> Statement {
        for case .text(let text) in sql.values where text.utf8.contains(0) {
            throw DatabaseError.malformed("a text holds a NUL character")
        }
        let text = sql.text(for: .sqlite)
        // GRDB keeps what is cached for good.
        return try sql.values.count <= SQL.greatestPrepared
            ? database.cachedStatement(sql: text) : database.makeStatement(sql: text)
    }

    private func mapped<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as GRDB.DatabaseError {
            throw DatabaseError(error)
        }
    }

    // MARK: A transaction that several closures share

    func begin() throws {
        try statement("BEGIN IMMEDIATE")
        changesBefore = database.totalChangesCount
    }

    func beginStep(isFirst: Bool) throws {
        if !isFirst { try statement("RELEASE SAVEPOINT job") }
        try statement("SAVEPOINT job")
        atEnd.beginStep()
        placed.beginStep()
    }

    func undoStep() throws {
        try statement("ROLLBACK TO SAVEPOINT job")
        atEnd.undoStep()
        placed.undoStep()
    }

    /// A deferred foreign key would fail only at the commit, and then for everybody in the group.
    func refuseOpenForeignKeys() throws {
        var open: CInt = 0
        var highest: CInt = 0
        sqlite3_db_status(database.sqliteConnection, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &highest, 0)
        if open != 0 { throw DatabaseError.constraint(.foreignKey, detail: "a row that is referred to is missing") }
    }

    func loss(after error: any Error) -> (any Error)? {
        if database.isInsideTransaction { return nil }
        return error as? DatabaseError ?? .failed("the transaction was lost")
    }

    func commit() throws {
        for change in atEnd.items + placed.items.map(CommitOrder.insert) { _ = try run(change) }
        guard let commits, database.totalChangesCount != changesBefore else { return try statement("COMMIT") }
        let number = commits.next(after: CommitNumber(try storedCommit()))
        try mapped { try database.execute(sql: "PRAGMA user_version = \(number.value)") }
        try statement("COMMIT")
        // Whoever waits for this commit is told only afterwards, so the mark knows of all that was answered.
        commits.mark?.note(number)
    }

    private func storedCommit() throws -> Int {
        guard let row = try rows("PRAGMA user_version", limit: 1).first, case .integer(let number)? = row.values.first
        else { return 0 }
        return Int(number)
    }

    func rollback() {
        if database.isInsideTransaction { try? statement("ROLLBACK") }
    }

    var isBroken: Bool { false }

    private func statement(_ text: String) throws {
        try mapped { try database.cachedStatement(sql: text).execute() }
    }
}
