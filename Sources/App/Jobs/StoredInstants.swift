import Database
import Domain

/// A time that is stored, and how far it may lie ahead. A clock that has been ahead leaves times that nobody would live to
/// see: what is due then is never done, what began then never ends.
struct StoredInstant: Sendable {
    let table: SQL
    let column: SQL
    /// Milliseconds by which it may lie ahead when the clock is right.
    let lead: Int64
    let remedy: Remedy

    /// What puts it right when the clock has been set back.
    enum Remedy: Sendable {
        /// It happens now.
        case now
        /// It happens as late as it may.
        case atMost
        /// The row goes: what began or was done in the future does not count.
        case remove
        /// What has happened is not written anew; `torg verify` tells of it.
        case told
    }

    init(_ table: SQL, _ column: SQL, lead: Int64 = 0, _ remedy: Remedy = .told) {
        self.table = table
        self.column = column
        self.lead = lead
        self.remedy = remedy
    }

    /// Milliseconds by which the clocks of nodes may differ, and within which nothing is put right.
    static let tolerance: Int64 = 10 * 60_000

    static let nextAttempt = StoredInstant("outbox", "next_attempt_at", lead: BackOff.longest, .now)

    /// Every stored time but those that people choose (deadlines, promises) and those of the jobs, see `JobLease`.
    static let all: [StoredInstant] = [
        nextAttempt,
        StoredInstant("tasks", "next_attempt_at", lead: BackOff.longest, .now),
        StoredInstant("contractor_links", "expires_at", lead: Int64(ContractorLink.days) * 86_400_000, .atMost),
        StoredInstant("attempts", "last_at", .remove),
        StoredInstant("attempts", "blocked_until", lead: Throttle.longestWait, .remove),
        StoredInstant("sessions", "created_at", .remove),
        StoredInstant("used_forms", "at", .remove),
        StoredInstant("looks", "at", .remove),
        StoredInstant("confidential_looks", "at", .remove),
        StoredInstant("known_places", "last_at", .remove),
        StoredInstant("follow_codes", "created_at", .remove),
        StoredInstant("follow_codes", "expires_at", lead: FollowCode.lifetime, .remove),
        // Kept for its time from now on: what was done once must not be done again.
        StoredInstant("idempotency_keys", "at", .now),
        StoredInstant("report_settings", "since", .now),
        StoredInstant("cases", "created_at"), StoredInstant("cases", "passed_at"),
        StoredInstant("cases", "acknowledged_at"), StoredInstant("cases", "feedback_at"),
        StoredInstant("cases", "waiting_since"), StoredInstant("cases", "asked_at"),
        StoredInstant("cases", "untold_since"), StoredInstant("cases", "settled_at"),
        StoredInstant("cases", "closed_at"), StoredInstant("tellings", "at"),
        StoredInstant("sight_grants", "wanted_at"), StoredInstant("sight_grants", "decided_at"),
        StoredInstant("security_events", "last_at"),
        StoredInstant("contacts", "at"), StoredInstant("events", "at"), StoredInstant("readings", "at"),
        StoredInstant("outbox", "created_at"), StoredInstant("outbox", "sent_at"),
        StoredInstant("measures", "done_at"), StoredInstant("alerts", "at"), StoredInstant("audit", "at"),
        StoredInstant("report_runs", "at"), StoredInstant("tasks", "created_at"),
        StoredInstant("api_tokens", "created_at"),
        StoredInstant("contractor_links", "created_at"), StoredInstant("contractor_visits", "at"),
    ]

    /// The latest that is right.
    func limit(at now: Instant) -> Instant { now.adding(milliseconds: lead + Self.tolerance) }

    /// Selects how many lie further ahead, and the furthest.
    func ahead(of now: Instant, in tenant: ID<Municipality>) -> SQL {
        """
        SELECT count(*) AS number, max(\(column)) AS furthest FROM \(table)
        WHERE municipality = \(tenant) AND \(column) > \(limit(at: now))
        """
    }

    /// Nil where nothing is to be done.
    func putRight(at now: Instant, in tenant: ID<Municipality>) -> SQL? {
        let those: SQL = "WHERE municipality = \(tenant) AND \(column) > \(limit(at: now))"
        return switch remedy {
        case .now: "UPDATE \(table) SET \(column) = \(now) \(those)"
        case .atMost: "UPDATE \(table) SET \(column) = \(now.adding(milliseconds: lead)) \(those)"
        case .remove: "DELETE FROM \(table) \(those)"
        case .told: nil
        }
    }
}

extension Instant {
    /// Whether what lasts so many milliseconds and ends at `end` is under way. What has not even begun was made while the
    /// clock was ahead, and would outlive its time.
    func isWithin(_ lifetime: Int64, endingAt end: Int64) -> Bool {
        milliseconds < end && end <= adding(milliseconds: lifetime + StoredInstant.tolerance).milliseconds
    }
}
