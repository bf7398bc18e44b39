import GRDB
import GRDBSQLite

/// The rows of a statement whose values are bound, read straight from SQLite: a row of GRDB's own is made with every
/// statement and looks each value up anew, which costs more than running the statement.
final class SQLiteRows: DatabaseCursor {
    typealias Element = [SQLValue]

    let _statement: Statement
    var _isDone = false

    init(of statement: Statement) { _statement = statement }

    deinit { sqlite3_reset(_statement.sqliteStatement) }

    func _element(sqliteStatement: SQLiteStatement) -> [SQLValue] {
        let count = sqlite3_column_count(sqliteStatement)
        var values: [SQLValue] = []
        values.reserveCapacity(Int(count))
        for index in 0..<count { values.append(SQLValue(column: index, of: sqliteStatement)) }
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
            self = .blob([UInt8](UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_column_bytes(statement, column)))))
        default: self = .null
        }
    }
}
