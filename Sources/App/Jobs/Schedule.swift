import Domain

/// What Torg does by itself, and how often. Mails have no time of their own: they are sent all along.
enum Schedule {
    static let jobs: [ScheduledJob] = [
        .every(minutes: 10, "sessions", "ended session(s) forgotten") { try await $0.forgetEndedSessions() },
        .every(hours: 1, "forms", "used form(s) forgotten") { try await $0.forgetUsedForms() },
        .every(hours: 1, "idempotency_keys", "idempotency key(s) forgotten") { try await $0.forgetIdempotencyKeys() },
        .every(hours: 24, "deadlines", "deadline(s) put right") { try await $0.renewDeadlines() },
        .every(minutes: 1, "reminders", "reminder(s) made") { try await $0.remindOfDeadlines() },
        .every(minutes: 1, "alerts", "mail(s) of reminders queued") { try await $0.mailAlerts() },
        .every(hours: 24, "absences", "past absence(s) forgotten") { try await $0.forgetAbsences() },
        .every(minutes: 1, "reports", "report(s) mailed") { try await $0.mailReports() },
        .every(hours: 24, "known_places", "known place(s) forgotten") { try await $0.forgetKnownPlaces() },
        .every(hours: 24, "following", "code(s) of citizens forgotten") { try await $0.forgetCodes() },
        .every(hours: 1, "attempts", "row(s) of failed attempts forgotten") { try await $0.forgetAttempts() },
        .every(hours: 24, "security_events", "hour(s) of attempts forgotten") { try await $0.forgetSecurityEvents() },
    ]
}

/// One line of the schedule. Running it twice does no more than running it once.
struct ScheduledJob: Sendable {
    /// Does the work and says how much there was.
    typealias Work = @Sendable (Installation) async throws -> Int

    let name: String
    /// What the number it returns counts, in English, for the operator.
    let unit: String
    /// Milliseconds from one run to the next.
    let interval: Int64
    let work: Work

    static func every(
        hours: Int64 = 0, minutes: Int64 = 0, _ name: String, _ unit: String, _ work: @escaping Work
    ) -> ScheduledJob {
        ScheduledJob(name: name, unit: unit, interval: hours * 3_600_000 + minutes * 60_000, work: work)
    }
}
