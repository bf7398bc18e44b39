import Database
import Domain

/// `torg_<municipality>_<secret>`: the token itself says whose it is, so that no look-up crosses municipalities.
struct ApiToken: Sendable {
    let municipality: ID<Municipality>
    private let hash: String

    /// Throws `notLoggedIn` unless the header carries a token of this shape.
    init(authorization: String?) throws {
        let parts = (authorization ?? "").split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw Refusal.notLoggedIn }
        let token = parts[1].split(separator: "_", maxSplits: 2)
        guard token.count == 3, token[0] == "torg", let id = ID<Municipality>(text: token[1]) else {
            throw Refusal.notLoggedIn
        }
        municipality = id
        hash = Secret.hash(String(parts[1]))
    }

    func user(in tx: Transaction, _ directory: Directory, at now: Instant) throws -> User {
        let id: ID<User>? = try tx.value(
            """
            SELECT user_id FROM api_tokens
            WHERE municipality = \(municipality) AND token_hash = \(hash) AND revoked_at IS NULL
            """)
        let today = directory.calendar.timeZone.day(of: now)
        guard let user = id.flatMap({ directory.acting($0, on: today) }) else { throw Refusal.notLoggedIn }
        return user
    }

    /// The longest name of a program, in characters.
    static let longestName = 100

    /// Makes a token for a user and returns it; it is not to be had again.
    ///
    /// - Parameter name: what the program is called, to know its key by later.
    static func create(for user: ID<User>, name: String? = nil, in op: Operation) throws -> String {
        let token = "torg_\(op.tenant)_\(Secret.random(bytes: 32))"
        try op.tx.run(
            """
            INSERT INTO api_tokens (municipality, token_hash, user_id, created_at, name)
            VALUES (\(op.tenant), \(Secret.hash(token)), \(user), \(op.now), \(name))
            """)
        return token
    }
}
