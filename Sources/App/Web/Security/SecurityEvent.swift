import Database
import Domain
import Logging

/// That somebody tried what they may not, or was turned away: in the audit, and in the log. Never what was typed: a
/// password often stands where the user name belongs.
struct SecurityEvent: Sendable, Hashable {
    /// Raw values stand in the words: `security.<raw value>`.
    enum Kind: String, Sendable, CaseIterable, SQLConvertible {
        case loginFailed = "login_failed"
        /// One's own old password, when a new one is chosen.
        case passwordWrong = "password_wrong"
        /// Logged in, but without the permission.
        case forbidden
        /// A form that was not made here for this reader, or long ago.
        case formForged = "form_forged"
        /// The same, sent by another site as the browser says.
        case crossSite = "cross_site"
        case throttled
        /// A token of the API that is wrong, taken back, or somebody's who has left.
        case tokenRefused = "token_refused"
    }

    var kind: Kind
    /// The account concerned, where it is known before the session is looked at.
    var user: ID<User>?

    init(_ kind: Kind, user: ID<User>? = nil) {
        self.kind = kind
        self.user = user
    }

    /// Nil for what is nobody's fault.
    init?(_ error: any Error, _ visit: Visit) {
        switch error as? Refusal {
        case .forbidden: self.init(.forbidden)
        case .formForged: self.init(visit.isSentFromHere ? .formForged : .crossSite)
        case .throttled: self.init(.throttled)
        // Without a token nobody tried anything.
        case .notLoggedIn where visit.isForApi && visit.headers[.authorization] != nil: self.init(.tokenRefused)
        default: return nil
        }
    }
}

extension Installation {
    /// The network address goes after so many days: long enough to look into an attack that was found late (GDPR,
    /// article 6 (1) (f) and recital 49), and no longer.
    static let securityEventLifetime = 90
    /// Rows for one kind in one hour. Whoever comes from more networks than that is counted in one row without any.
    private static let mostNetworks = 200

    /// The one place where such events are written down. What goes wrong here changes no answer.
    func note(_ event: SecurityEvent, _ visit: Visit) async {
        var metadata: Logger.Metadata = ["kind": "\(event.kind.rawValue)"]
        do {
            guard let municipality = try await municipality(of: visit) else { return }
            let (count, user, slug) = try await write(municipality) { op in
                let user = event.user ?? op.userOf(visit)
                let count = try op.count(event.kind, user, visit.network, atMost: Self.mostNetworks)
                return (count, user, op.municipality.slug)
            }
            // Whoever tries a million times writes seven lines.
            guard count.isPowerOfTen else { return }
            metadata["municipality"] = "\(slug)"
            metadata["user"] = "\(user.map { "\($0)" } ?? "-")"
            metadata["count"] = "\(count)"
            logger.notice("refused", metadata: metadata)
        } catch is NoSuchMunicipality {
            // A made-up token: there is nobody to tell.
        } catch {
            metadata["error"] = "\(error)"
            logger.warning("a security event could not be written down", metadata: metadata)
        }
    }

    private func municipality(of visit: Visit) async throws -> ID<Municipality>? {
        if visit.isForApi { return try? ApiToken(authorization: visit.headers[.authorization]).municipality }
        guard let slug = visit.path.split(separator: "/").first else { return nil }
        return try await directories.find(String(slug), in: database)
    }
}

extension Operation {
    /// Nil for who is not logged in.
    fileprivate func userOf(_ visit: Visit) -> ID<User>? {
        visit.isForApi
            ? try? ApiToken(authorization: visit.headers[.authorization]).user(in: tx, directory, at: now).id
            : (try? session(of: visit))?.user.id
    }

    /// - Returns: how often it happened from there within the hour.
    fileprivate func count(
        _ kind: SecurityEvent.Kind, _ user: ID<User>?, _ network: String, atMost most: Int
    ) throws -> Int {
        let hour = now.hour
        if let count = try countAgain(kind, user, network, hour) { return count }
        let rows: Int? = try tx.value(
            """
            SELECT count(*) FROM security_events
            WHERE municipality = \(tenant) AND hour = \(hour) AND kind = \(kind)
            """)
        let kept = rows ?? 0 < most ? network : ""
        let who = kept.isEmpty ? nil : user
        let row = try tx.rows(
            """
            INSERT INTO security_events (municipality, id, kind, hour, user_id, network, count, first_at, last_at)
            VALUES (\(tenant), \(newID(of: SecurityEvent.self)), \(kind), \(hour), \(who), \(kept), 1, \(now), \(now))
            ON CONFLICT (municipality, hour, kind, coalesce(user_id, 0), network) DO UPDATE
                SET count = security_events.count + 1, last_at = excluded.last_at
            RETURNING count
            """
        ).first
        return try row.map { try $0["count"] } ?? 1
    }

    private func countAgain(
        _ kind: SecurityEvent.Kind, _ user: ID<User>?, _ network: String, _ hour: Int64
    ) throws -> Int? {
        let row = try tx.rows(
            """
            UPDATE security_events SET count = count + 1, last_at = \(now)
            WHERE municipality = \(tenant) AND hour = \(hour) AND kind = \(kind)
                AND coalesce(user_id, 0) = \(user ?? ID(0)) AND network = \(network)
            RETURNING count
            """
        ).first
        return try row.map { try $0["count"] }
    }
}

extension Instant {
    /// Hours since 1970.
    var hour: Int64 { milliseconds / 3_600_000 }
}

extension Int {
    fileprivate var isPowerOfTen: Bool {
        var rest = self
        while rest > 1, rest.isMultiple(of: 10) { rest /= 10 }
        return rest == 1
    }
}

extension Visit {
    var isForApi: Bool { path.hasPrefix("/api/") }
}
