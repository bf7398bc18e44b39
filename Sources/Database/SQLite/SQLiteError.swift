import GRDB

extension DatabaseError {
    /// SQLite's messages name tables and columns, not values, except where the engine's parts speak for themselves.
    init(_ error: GRDB.DatabaseError) {
        let message = error.message ?? "code \(error.extendedResultCode.rawValue)"
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            self = .constraint(.unique, detail: message)
        case .SQLITE_CONSTRAINT_FOREIGNKEY: self = .constraint(.foreignKey, detail: message)
        case .SQLITE_CONSTRAINT_NOTNULL: self = .constraint(.notNull, detail: message)
        default:
            switch error.resultCode {
            case .SQLITE_CONSTRAINT: self = .constraint(.check, detail: message)
            case .SQLITE_BUSY, .SQLITE_LOCKED: self = .conflict
            case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
                self = .cannotStore("SQLite \(error.extendedResultCode.rawValue): \(message)")
            case .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_RANGE:
                self = .malformed("a value does not fit its column")
            // A virtual table's message may quote what was searched for.
            case .SQLITE_ERROR where message.contains("fts5"): self = .failed("the text search failed")
            default: self = .failed("SQLite \(error.extendedResultCode.rawValue): \(message)")
            }
        }
    }
}
