/// What can go wrong with the database. No description holds a bound value or a password.
public enum DatabaseError: Error, Sendable, Hashable {
    /// The database does not answer or is too busy; worth trying again after so many seconds.
    case unavailable(retryAfter: Int)
    /// The schema refused the change. The detail names the constraint, or the table and columns.
    case constraint(ConstraintKind, detail: String)
    /// Two transactions stood in each other's way; nothing of this one was stored, and it may be run again.
    case conflict
    /// The statement does not carry the municipality its transaction was opened for. Holds the text with places.
    case tenantMissing(sql: String)
    /// A value is not what it should be: of another type, with a NUL in a text, out of its range.
    case malformed(String)
    /// Nothing can be stored for now: a full disk, a file that is read-only, a lock that somebody else does not give up.
    /// The text names the cause, for the log.
    case cannotStore(String)
    /// Everything else: a statement the engine does not understand, a damaged file, one that is no database.
    case failed(String)

    public enum ConstraintKind: String, Sendable, Hashable {
        case unique, foreignKey, check, notNull
    }
}

extension DatabaseError {
    /// Seconds after which the same thing may go well; nil for what does not pass by waiting.
    public var retryAfter: Int? {
        switch self {
        case .unavailable(let seconds): seconds
        case .cannotStore: 10
        default: nil
        }
    }
}

extension DatabaseError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unavailable(let seconds): "the database does not answer; try again in \(seconds) s"
        case .constraint(let kind, let detail): "\(kind.rawValue) constraint: \(detail)"
        case .conflict: "another transaction stood in the way; nothing was stored"
        case .tenantMissing(let sql): "every statement carries the municipality; this one does not: \(sql)"
        case .malformed(let detail): "malformed value: \(detail)"
        case .cannotStore(let detail): "nothing can be stored: \(detail)"
        case .failed(let detail): "database error: \(detail)"
        }
    }
}
