/// The two engines, and every difference between them that a statement has to name.
/// What concerns full text stands with `Search/`.
public enum Dialect: Sendable, Hashable {
    case sqlite
    case postgres

    /// Locks the rows of a SELECT until the transaction ends. SQLite has one writer at a time and needs none.
    public var forUpdate: SQL { self == .postgres ? " FOR UPDATE" : "" }

    /// As `forUpdate`, but leaves out rows that somebody else holds: for claiming jobs.
    public var forUpdateSkipLocked: SQL { self == .postgres ? " FOR UPDATE SKIP LOCKED" : "" }

    /// The type of a column of bytes.
    public var blob: SQL { self == .postgres ? "BYTEA" : "BLOB" }

    /// The type of a 64-bit integer; as a primary key of one column it is the row's own id on SQLite.
    public var integer: SQL { self == .postgres ? "BIGINT" : "INTEGER" }

    /// The type of a floating-point number of 64 bits.
    public var real: SQL { self == .postgres ? "DOUBLE PRECISION" : "REAL" }

    /// Behind the columns of a small table that is only read by its key.
    public var clustered: SQL { self == .sqlite ? " WITHOUT ROWID" : "" }

    /// Compares text byte by byte, as SQLite does by itself; for ORDER BY and for columns read by range.
    public var byteOrder: SQL { self == .postgres ? " COLLATE \"C\"" : "" }
}
