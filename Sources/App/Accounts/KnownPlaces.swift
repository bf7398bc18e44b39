import Database
import Domain

/// A browser or a network from which somebody got in before, as it is stored: a hash or signature, which tells nothing
/// about people to whoever reads the table.
///
/// An outsider can use up the tries of the crowd, but not those of a known place, which has a small counter of its own
/// (OWASP's device cookies, extended by networks). What is remembered is bounded for each account and case, and
/// forgotten when it was not used for `lifetime`.
struct KnownPlace: Sendable, Hashable {
    let stored: String

    static func browser(_ token: String) -> KnownPlace { KnownPlace(stored: "browser " + Secret.hash(token)) }

    static func network(of visit: Visit, in op: Operation) -> KnownPlace {
        let signature = op.installation.secret.signature(of: "\(op.tenant).\(visit.network)", for: "known-network")
        return KnownPlace(stored: "network " + signature)
    }

    /// Those that a visit comes from: the browser, if it is one of ours, and the network.
    static func all(of visit: Visit, in op: Operation) -> [KnownPlace] {
        let browser = visit.cookies[SetCookie.browser].map(KnownPlace.browser)
        return [browser, .network(of: visit, in: op)].compactMap(\.self)
    }
}

/// Whose places they are: an account's, those of whoever follows one case by its number, or of whoever opens what is
/// confidential as its reporter.
struct KnownPlaces: Sendable {
    /// In milliseconds: 90 days without getting in from there.
    static let lifetime: Int64 = 90 * 86_400_000
    /// Of one account, case or reporter; the one that was used longest ago makes room.
    private static let most = 20

    let subject: String

    init(of user: ID<User>) { subject = "user \(user)" }

    init(of reporter: ID<Contact>) { subject = "reporter \(reporter)" }

    /// - Parameter number: of a case, whether there is one or not: the table does not say which numbers were found.
    init(of number: CaseNumber, in op: Operation) {
        subject = "case " + op.installation.secret.signature(of: "\(op.tenant).\(number)", for: "known-case")
    }

    /// The place that a visit comes from, when somebody got in from there before: the browser, else the network.
    func place(of visit: Visit, in op: Operation) throws -> KnownPlace? {
        try KnownPlace.all(of: visit, in: op).first { try isKnown($0, in: op) }
    }

    private func isKnown(_ place: KnownPlace, in op: Operation) throws -> Bool {
        let last: Instant? = try op.tx.value(
            """
            SELECT last_at FROM known_places
            WHERE municipality = \(op.tenant) AND subject = \(subject) AND place = \(place.stored)
            """)
        return last.map { $0.adding(milliseconds: Self.lifetime) > op.now } ?? false
    }

    /// Remembers where a visit comes from, after it got in. Returns the browser's cookie.
    func remember(_ visit: Visit, in op: Operation) throws -> SetCookie {
        try Self.remember(visit, as: [self], in: op)
    }

    /// The same where somebody got into several things at once.
    static func remember(_ visit: Visit, as all: [KnownPlaces], in op: Operation) throws -> SetCookie {
        let token =
            try visit.cookies[SetCookie.browser].flatMap { try isOurs($0, op) ? $0 : nil }
            ?? Secret.random(bytes: 24)
        for places in all {
            try places.note(.browser(token), in: op)
            try places.note(.network(of: visit, in: op), in: op)
            try places.makeRoom(in: op)
        }
        return SetCookie(name: SetCookie.browser, value: token, seconds: Int(lifetime / 1000))
    }

    private func makeRoom(in op: Operation) throws {
        try op.tx.run(
            """
            DELETE FROM known_places WHERE municipality = \(op.tenant) AND subject = \(subject) AND place IN (
                SELECT place FROM known_places WHERE municipality = \(op.tenant) AND subject = \(subject)
                ORDER BY last_at DESC, place LIMIT 1000 OFFSET \(Self.most))
            """)
    }

    /// One that somebody got in with here before. The colleagues of one desk share it; what else a browser sends as its
    /// name may be planted, and is not taken over.
    private static func isOurs(_ token: String, _ op: Operation) throws -> Bool {
        let known: Int64? = try op.tx.value(
            """
            SELECT 1 FROM known_places WHERE municipality = \(op.tenant) AND place = \(KnownPlace.browser(token).stored)
            LIMIT 1
            """)
        return known != nil
    }

    private func note(_ place: KnownPlace, in op: Operation) throws {
        try op.tx.run(
            """
            INSERT INTO known_places (municipality, subject, place, last_at)
            VALUES (\(op.tenant), \(subject), \(place.stored), \(op.now))
            ON CONFLICT (municipality, subject, place) DO UPDATE SET last_at = excluded.last_at
            """)
    }

    /// When the password changes, or somebody logs out everywhere.
    func forgetAll(in op: Operation) throws {
        try op.tx.run("DELETE FROM known_places WHERE municipality = \(op.tenant) AND subject = \(subject)")
    }
}
