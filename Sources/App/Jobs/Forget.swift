import Database
import Domain

/// What is kept only for a time. Each is forgotten in small steps, so that nobody has to wait for it long.
extension Installation {
    /// Rows in one transaction.
    private static let portion = 1_000
    /// A repeated request gets its first answer for this long, in milliseconds: 7 days.
    static let idempotencyKeyLifetime: Int64 = 7 * 86_400_000
    /// Failed logins are held against nobody for longer, in milliseconds: a day after the last one.
    static let attemptLifetime: Int64 = 86_400_000
    /// Who was away, and who stood in, is personal data that nothing needs for longer, in days: a year after the last
    /// day (GDPR, article 5 (1) (e)).
    static let absenceLifetime = 365

    func forgetEndedSessions() async throws -> Int {
        let now = now()
        let (created, seen) = (
            now.adding(milliseconds: -Session.lifetime), now.adding(milliseconds: -Session.idleLimit)
        )
        // Begun while the clock was ahead.
        let ahead = now.adding(milliseconds: StoredInstant.tolerance)
        return try await forget { tenant in
            """
            DELETE FROM sessions WHERE municipality = \(tenant) AND id IN (
                SELECT id FROM sessions WHERE municipality = \(tenant)
                    AND (created_at <= \(created) OR seen_at <= \(seen) OR created_at > \(ahead)) LIMIT \(Self.portion))
            """
        }
    }

    func forgetUsedForms() async throws -> Int {
        let before = now().adding(milliseconds: -FormToken.lifetime)
        return try await forget { tenant in
            """
            DELETE FROM used_forms WHERE municipality = \(tenant) AND form IN (
                SELECT form FROM used_forms WHERE municipality = \(tenant) AND at <= \(before) LIMIT \(Self.portion))
            """
        }
    }

    func forgetIdempotencyKeys() async throws -> Int {
        let before = now().adding(milliseconds: -Self.idempotencyKeyLifetime)
        return try await forget { tenant in
            """
            DELETE FROM idempotency_keys WHERE municipality = \(tenant) AND (user_id, key) IN (
                SELECT user_id, key FROM idempotency_keys
                WHERE municipality = \(tenant) AND at <= \(before) LIMIT \(Self.portion))
            """
        }
    }

    func forgetAttempts() async throws -> Int {
        let now = throttleClock()
        let before = now.adding(milliseconds: -Self.attemptLifetime)
        return try await forget { tenant in
            """
            DELETE FROM attempts WHERE municipality = \(tenant) AND subject IN (
                SELECT subject FROM attempts WHERE municipality = \(tenant)
                    AND last_at <= \(before) AND blocked_until <= \(now) LIMIT \(Self.portion))
            """
        }
    }

    func forgetKnownPlaces() async throws -> Int {
        let before = now().adding(milliseconds: -KnownPlaces.lifetime)
        return try await forget { tenant in
            """
            DELETE FROM known_places WHERE municipality = \(tenant) AND (subject, place) IN (
                SELECT subject, place FROM known_places
                WHERE municipality = \(tenant) AND last_at <= \(before) LIMIT \(Self.portion))
            """
        }
    }

    /// Codes that open nothing any more.
    func forgetCodes() async throws -> Int {
        let now = now()
        return try await forget { tenant in
            """
            DELETE FROM follow_codes WHERE municipality = \(tenant) AND id IN (
                SELECT id FROM follow_codes
                WHERE municipality = \(tenant) AND expires_at <= \(now) LIMIT \(Self.portion))
            """
        }
    }

    func forgetAbsences() async throws -> Int {
        let before = now().utcDay - Self.absenceLifetime
        return try await forget { tenant in
            """
            DELETE FROM absences WHERE municipality = \(tenant) AND id IN (
                SELECT id FROM absences WHERE municipality = \(tenant) AND last_day < \(before) LIMIT \(Self.portion))
            """
        }
    }

    /// With the addresses that stand there.
    func forgetSecurityEvents() async throws -> Int {
        let before = now().adding(days: -Self.securityEventLifetime).hour
        return try await forget { tenant in
            """
            DELETE FROM security_events WHERE municipality = \(tenant) AND id IN (
                SELECT id FROM security_events
                WHERE municipality = \(tenant) AND hour < \(before) LIMIT \(Self.portion))
            """
        }
    }

    private func forget(_ statement: @escaping @Sendable (ID<Municipality>) -> SQL) async throws -> Int {
        try await inEachMunicipality { municipality in
            var (total, removed) = (0, 0)
            repeat {
                removed = try await database.write(tenant: municipality.rawValue) { tx in
                    try tx.run(statement(municipality))
                }
                total += removed
            } while removed == Self.portion
            return total
        }
    }
}
