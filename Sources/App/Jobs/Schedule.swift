import Domain

/// What Torg does by itself, and how often. Messages have no time of their own: they are sent continuously.
enum Schedule {
    static let jobs: [ScheduledJob] = [
        .every(minutes: 1, "daily_tasks", "task(s) of the day queued") { try await $0.queueDailyTasks() },
        .every(minutes: 1, "reminders", "reminder(s) made") { try await $0.remindOfDeadlines() },
        .every(minutes: 1, "alerts", "mail(s) of reminders queued") { try await $0.mailAlerts() },
        .every(minutes: 1, "reports", "report(s) mailed") { try await $0.mailReports() },
        .every(minutes: 1, "rebuilds", "row(s) looked at to be found anew") { try await $0.goOnRebuilding() },
        .forgetting(minutes: 10, "sessions", "ended session(s)") { try await $0.forgetEndedSessions() },
        .forgetting(hours: 1, "forms", "used form(s)") { try await $0.forgetUsedForms() },
        .forgetting(hours: 1, "idempotency_keys", "idempotency key(s)") { try await $0.forgetIdempotencyKeys() },
        .forgetting(hours: 1, "attempts", "row(s) of failed attempts") { try await $0.forgetAttempts() },
        .forgetting(hours: 24, "absences", "past absence(s)") { try await $0.forgetAbsences() },
        .forgetting(hours: 24, "known_places", "known place(s)") { try await $0.forgetKnownPlaces() },
        .forgetting(hours: 24, "following", "code(s) of citizens") { try await $0.forgetCodes() },
        .forgetting(hours: 24, "security_events", "hour(s) of attempts") { try await $0.forgetSecurityEvents() },
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
    /// What it throws away is lost if the clock is wrong. Such jobs have a lane of their own, and hold up none that somebody
    /// waits for.
    var forgets = false
    let work: Work

    static func every(
        hours: Int64 = 0, minutes: Int64 = 0, _ name: String, _ unit: String, _ work: @escaping Work
    ) -> ScheduledJob {
        ScheduledJob(name: name, unit: unit, interval: hours * 3_600_000 + minutes * 60_000, work: work)
    }

    /// One that does nothing until the clock has gone on as it should for one interval: after a jump ahead everything looks
    /// old, also what keeps a thing from being done twice.
    static func forgetting(
        hours: Int64 = 0, minutes: Int64 = 0, _ name: String, _ unit: String, _ work: @escaping Work
    ) -> ScheduledJob {
        var job = every(hours: hours, minutes: minutes, name, unit + " forgotten", work)
        job.forgets = true
        return job
    }
}
