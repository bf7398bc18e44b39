import Database
import Domain

/// Slows down whoever tries too often: guesses at passwords and at other people's cases, floods of reports.
///
/// What is stored is a part of a signature of the login or address, so that the table tells nothing about people and
/// holds 262,144 rows for each kind at most, whatever an outsider thinks up. That two subjects share a row happens by
/// chance and cannot be aimed at; known places wait for nobody else's tries.
struct Throttle: Sendable {
    enum Pace: Sendable {
        /// Each try after the free ones doubles the wait, from one minute to an hour; a quiet day forgives all.
        case growing
        /// So many within an hour from the first.
        case hourly
    }

    let name: String
    /// Tries that cost no wait.
    let free: Int
    let pace: Pace

    /// Wrong passwords for one login, from places that are not known for it.
    static let login = Throttle(name: "login", free: 5, pace: .growing)
    /// Wrong passwords for one login from one known place.
    static let loginPlace = Throttle(name: "login-place", free: 5, pace: .growing)
    /// Wrong passwords of somebody who is logged in and wants to change their own.
    static let ownPassword = Throttle(name: "own-password", free: 5, pace: .growing)
    /// Wrong passwords from one address, whatever the login. A whole town hall may come from one address.
    static let loginAddress = Throttle(name: "login-address", free: 30, pace: .growing)
    /// Reports from one address: a library, or all the telephones of a provider.
    static let report = Throttle(name: "report", free: 300, pace: .hourly)
    /// Answers and reopenings of one reporter in one case; each of them mails the staff.
    static let followUp = Throttle(name: "follow-up", free: 10, pace: .hourly)
    /// What one contractor does with one case; each of it mails the staff.
    static let contractor = Throttle(name: "contractor", free: 30, pace: .hourly)
    /// Wrong keys for contractors' links from one address.
    static let contractorKey = Throttle(name: "contractor-key", free: 30, pace: .hourly)
    /// Tries to see cases, from one address.
    static let follow = Throttle(name: "follow", free: 30, pace: .hourly)
    /// Tries to see one case, from anywhere.
    static let followNumber = Throttle(name: "follow-number", free: 20, pace: .hourly)
    /// Tries to see one case from one known place.
    static let followPlace = Throttle(name: "follow-place", free: 10, pace: .hourly)

    /// Codes for what one person reported, asked for from one place.
    static let followCode = Throttle(name: "follow-code", free: 3, pace: .hourly)
    /// Codes sent to one telephone, asked for from all places together but the known ones.
    static let followCodeAnywhere = Throttle(name: "follow-code-anywhere", free: 6, pace: .hourly)
    /// The same for the known ones: nobody is flooded from there either.
    static let followCodeKnown = Throttle(name: "follow-code-known", free: 6, pace: .hourly)
    /// Wrong codes and words for what one person reported, from one place.
    static let opening = Throttle(name: "opening", free: 5, pace: .growing)
    /// Wrong words for it from all places together, but those from which it has been opened before: whoever guesses
    /// from many places is slowed down, and the person at home is not.
    static let openingAnywhere = Throttle(name: "opening-anywhere", free: 20, pace: .growing)

    private static let minute: Int64 = 60_000
    private static let hour: Int64 = 60 * minute
    /// Milliseconds; nobody is kept waiting for longer.
    static let longestWait = hour

    /// Throws `throttled` while `subject` has to wait.
    func check(_ subject: String, in op: Operation) throws {
        let row = try op.tx.row(
            """
            SELECT failures, blocked_until FROM attempts
            WHERE municipality = \(op.tenant) AND subject = \(key(subject, op))
            """)
        guard let row else { return }
        let tries: Int = try row["failures"]
        let until: Instant = try row["blocked_until"]
        try refuse(after: tries, until, in: op)
    }

    private func refuse(after tries: Int, _ until: Instant, in op: Operation) throws {
        let now = now(in: op)
        guard tries >= free, until > now else { return }
        throw Refusal.throttled(retryAfter: Int((until.milliseconds - now.milliseconds + 999) / 1000))
    }

    /// Waiting passes even where the clock stands still.
    private func now(in op: Operation) -> Instant { op.installation.throttleClock() }

    /// Counts a try. Throws `throttled` when others at the same moment have used up the free ones.
    func count(_ subject: String, in op: Operation) throws {
        let key = key(subject, op)
        let now = now(in: op)
        let forgotten: SQL =
            switch pace {
            case .growing: "last_at <= \(now.adding(days: -1))"
            case .hourly: "blocked_until <= \(now)"
            }
        try op.tx.run("DELETE FROM attempts WHERE municipality = \(op.tenant) AND subject = \(key) AND \(forgotten)")
        // The row is locked from here on, so that tries at the same moment come one after the other.
        let row = try op.tx.rows(
            """
            INSERT INTO attempts (municipality, subject, failures, blocked_until, last_at)
            VALUES (\(op.tenant), \(key), 1, \(now.adding(milliseconds: Self.hour)), \(now))
            ON CONFLICT (municipality, subject) DO UPDATE
                SET failures = attempts.failures + 1, last_at = excluded.last_at
            RETURNING failures, blocked_until
            """
        ).first
        guard let row else { return }
        let tries: Int = try row["failures"]
        try refuse(after: tries - 1, try row["blocked_until"], in: op)
        guard case .growing = pace, tries >= free else { return }
        let wait = min(Self.hour, Self.minute << Int64(min(tries - free, 10)))
        try op.tx.run(
            """
            UPDATE attempts SET blocked_until = \(now.adding(milliseconds: wait))
            WHERE municipality = \(op.tenant) AND subject = \(key)
            """)
    }

    /// After a success.
    func forget(_ subject: String, in op: Operation) throws {
        try op.tx.run("DELETE FROM attempts WHERE municipality = \(op.tenant) AND subject = \(key(subject, op))")
    }

    private func key(_ subject: String, _ op: Operation) -> String {
        name + " " + op.installation.secret.signature(of: subject, for: "throttle " + name).prefix(3)
    }
}

extension Visit {
    /// What one household or office has.
    var network: String { address.network }
}
