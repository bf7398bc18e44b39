import GRDB
import GRDBSQLite

/// A statement's rows, with the values bound and read straight in SQLite: GRDB's own rows and arguments are made anew
/// for every statement and look each value up, which costs more than running it.
final class SQLiteRows: DatabaseCursor {
    typealias Element = [SQLValue]

    let _statement: Statement
    var _isDone = false

    /// - Parameter values: one for each place in the statement; they stay bound until it runs again.
    init(of statement: Statement, _ values: [SQLValue]) throws {
        _statement = statement
        sqlite3_reset(statement.sqliteStatement)
        var place: CInt = 0
        for value in values {
            place += 1
            let code = value.bind(at: place, of: statement.sqliteStatement)
            guard code == SQLITE_OK else { throw GRDB.DatabaseError(resultCode: ResultCode(rawValue: code)) }
        }
    }

    // Fails only as the last step did, which has been told.
    deinit { sqlite3_reset(_statement.sqliteStatement) }

    func _element(sqliteStatement: SQLiteStatement) -> [SQLValue] {
        let count = sqlite3_column_count(sqliteStatement)
        var values: [SQLValue] = []
        values.reserveCapacity(Int(count))
        for column in 0..<count { values.append(SQLValue(column: column, of: sqliteStatement)) }
        return values
    }
}

extension SQLValue {
    fileprivate init(column: CInt, of statement: SQLiteStatement) {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let text = sqlite3_column_text(statement, column)
            let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, column)))
            self = .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let blob = sqlite3_column_blob(statement, column)
            let bytes = UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_column_bytes(statement, column)))
            self = .blob([UInt8](bytes))
        default: self = .null
        }
    }

    fileprivate func bind(at place: CInt, of statement: SQLiteStatement) -> CInt {
        switch self {
        case .null: sqlite3_bind_null(statement, place)
        case .integer(let value): sqlite3_bind_int64(statement, place, value)
        case .real(let value): sqlite3_bind_double(statement, place, value)
        case .text(let text): sqlite3_bind_text(statement, place, text, -1, Self.copied)
        // Nothing has no address, which would make it NULL.
        case .blob(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(statement, place, 0)
        case .blob(let bytes): sqlite3_bind_blob64(statement, place, bytes, UInt64(bytes.count), Self.copied)
        }
    }

    /// SQLITE_TRANSIENT, which C writes as a cast.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
