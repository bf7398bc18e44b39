extension DatabaseError {
    /// By the SQLSTATE (PostgreSQL, appendix A). The server's text is passed on only where it cannot quote a value.
    init(result: PostgreSQLResult, state: String) {
        let place =
            result.field("n") ?? [result.field("t"), result.field("c")].compactMap(\.self).joined(separator: ".")
        switch state {
        case "23505": self = .constraint(.unique, detail: place)
        case "23503": self = .constraint(.foreignKey, detail: place)
        case "23502": self = .constraint(.notNull, detail: place)
        // 55P03 is a lock not had in time.
        case "40001", "40P01", "55P03": self = .conflict
        // Read-only (a standby, or somebody's setting), no room on the disk, a disk that does not do what it is told.
        case "25006", "53100", "58030": self = .cannotStore("PostgreSQL \(state)")
        // 57P01…: the server shuts down or starts; 57014: a statement took too long; 53…: no more room.
        case "57P01", "57P02", "57P03", "57014": self = .unavailable(retryAfter: 2)
        default:
            switch state.prefix(2) {
            case "23": self = .constraint(.check, detail: place)
            case "08", "53": self = .unavailable(retryAfter: 5)
            case "22": self = .malformed("a value does not fit its column (\(state))")
            case "42": self = .failed("PostgreSQL \(state): \(result.field("M") ?? "")")
            default: self = .failed("PostgreSQL \(state)")
            }
        }
    }

    /// Why there is no connection. The server's text names user and database, never the password.
    init(connectionMessage message: String) {
        let passing = ["starting up", "shutting down", "recovery", "too many", "connection slots"]
        if message.contains("FATAL"), !passing.contains(where: message.contains) {
            self = .failed("PostgreSQL refuses the connection; check its user, password and database")
        } else {
            self = .unavailable(retryAfter: 2)
        }
    }
}
