import Database
import Domain

/// A copy of a SQLite database, and what is in it.
public struct BackUp: Sendable {
    public var path: String

    public init(path: String) { self.path = path }

    /// What the copy holds, looked up in the copy itself.
    public struct Summary: Sendable {
        public var municipalities: Int
        public var contacts: Int
        public var cases: Int
        /// When the newest contact came in; nil when there is none.
        public var newestContact: Instant?
        /// Commits that were missing before the copy was made, and are missing in it.
        public var losses: [Breach]
    }

    /// Throws `DatabaseError`, and then there is no copy.
    public func perform(in database: Database) async throws -> Summary {
        // What nobody can tell of stands in the report of `verify`.
        let losses = try await database.losses()
        return try await database.backup(to: path) { tx in
            Summary(
                municipalities: try tx.value("SELECT count(*) FROM municipalities") ?? 0,
                contacts: try tx.value("SELECT count(*) FROM contacts") ?? 0,
                cases: try tx.value("SELECT count(*) FROM cases") ?? 0,
                newestContact: try tx.value("SELECT max(at) FROM contacts"), losses: losses)
        }
    }
}
