import Database
import Domain
import Foundation

/// Who is logged in. The cookie holds a random token; the database holds its hash.
struct Session: Sendable {
    /// Ends after this long without a page, in milliseconds: a working day with a long lunch.
    static let idleLimit: Int64 = 9 * 3_600_000
    /// Ends at the latest after this long, in milliseconds.
    static let lifetime: Int64 = 24 * 3_600_000
    /// A token is replaced after this long; the old one is good for another minute, for pages already under way.
    static let rotation: Int64 = 3_600_000
    static let grace: Int64 = 60_000
    /// How often it is noted that the session is in use.
    static let seenInterval: Int64 = 300_000

    let id: ID<Session>
    let user: ID<User>
    let rotatedAt: Instant
    let seenAt: Instant
    /// The password is one that somebody else chose: nothing can be done before it is changed.
    let mustChangePassword: Bool

    /// The session that a cookie stands for; nil when there is none or it has ended.
    static func find(_ token: String, of municipality: ID<Municipality>, at now: Instant, in tx: Transaction) throws
        -> Session?
    {
        let hash = Secret.hash(token)
        let columns: SQL = """
            SELECT id, user_id, created_at, rotated_at, seen_at,
                (SELECT must_change_password FROM users
                    WHERE users.municipality = sessions.municipality AND users.id = sessions.user_id) AS must_change
            FROM sessions
            """
        let current = try tx.row("\(columns) WHERE municipality = \(municipality) AND token_hash = \(hash)")
        let row =
            try current
            ?? tx.row(
                """
                \(columns) WHERE municipality = \(municipality) AND previous_hash = \(hash)
                    AND rotated_at > \(now.adding(milliseconds: -grace))
                """)
        guard let row else { return nil }
        let created: Instant = try row["created_at"]
        let session = Session(
            id: try row["id"], user: try row["user_id"], rotatedAt: try row["rotated_at"], seenAt: try row["seen_at"],
            mustChangePassword: try row["must_change"])
        guard now < created.adding(milliseconds: lifetime), now < session.seenAt.adding(milliseconds: idleLimit) else {
            return nil
        }
        // One from the future began while the clock was ahead, and would outlive its time.
        guard created <= now.adding(milliseconds: StoredInstant.tolerance) else { return nil }
        return session
    }

    /// Begins a session and returns its token.
    static func begin(for user: ID<User>, in op: Operation) throws -> String {
        try start(for: user, in: op).token
    }

    static func start(for user: ID<User>, in op: Operation) throws -> (id: ID<Session>, token: String) {
        let token = Secret.random(bytes: 32)
        let id: ID<Session> = op.newID()
        try op.tx.run(
            """
            INSERT INTO sessions (municipality, id, token_hash, user_id, created_at, rotated_at, seen_at)
            VALUES (\(op.tenant), \(id), \(Secret.hash(token)), \(user), \(op.now), \(op.now), \(op.now))
            """)
        return (id, token)
    }

    static func end(_ token: String, in op: Operation) throws {
        let hash = Secret.hash(token)
        try op.tx.run(
            """
            DELETE FROM sessions WHERE municipality = \(op.tenant) AND (token_hash = \(hash) OR previous_hash = \(hash))
            """)
    }

    /// All sessions of a user, and the places known for them: when the password changes, the account is closed, or
    /// somebody logs out everywhere.
    /// - Parameter kept: the one in which that is done.
    static func endAll(of user: ID<User>, except kept: ID<Session>? = nil, in op: Operation) throws {
        try op.tx.run(
            """
            DELETE FROM sessions
            WHERE municipality = \(op.tenant) AND user_id = \(user) AND id <> \(kept ?? ID(0))
            """)
        try KnownPlaces(of: user).forgetAll(in: op)
    }

    func needsUpkeep(at now: Instant) -> Bool {
        now > seenAt.adding(milliseconds: Self.seenInterval) || now > rotatedAt.adding(milliseconds: Self.rotation)
    }

    /// Notes that the session is in use, and replaces its token when it is old enough: then returns the new one.
    func keepUp(_ token: String, in op: Operation) throws -> String? {
        try op.tx.run("UPDATE sessions SET seen_at = \(op.now) WHERE municipality = \(op.tenant) AND id = \(id)")
        guard op.now > rotatedAt.adding(milliseconds: Self.rotation) else { return nil }
        let next = Secret.random(bytes: 32)
        let rotated = try op.tx.run(
            """
            UPDATE sessions SET token_hash = \(Secret.hash(next)), previous_hash = \(Secret.hash(token)),
                rotated_at = \(op.now)
            WHERE municipality = \(op.tenant) AND id = \(id) AND token_hash = \(Secret.hash(token))
            """)
        return rotated == 1 ? next : nil
    }
}
