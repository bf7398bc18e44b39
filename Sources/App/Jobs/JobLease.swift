import Database
import Domain

/// Takes jobs for this process, so that of several nodes one runs each. A node that dies loses its jobs to the others
/// when their lease is over. The jobs are the installation's, so these statements carry no municipality.
struct JobLease: Sendable {
    /// Milliseconds for which a job is kept from the others, from the last sign of life on.
    static let lifetime: Int64 = 10 * 60_000
    /// After a failure it is tried again this soon, in milliseconds, or at its usual time if that is sooner.
    static let retry: Int64 = 60_000

    let installation: Installation
    private let owner = Secret.random(bytes: 12)

    init(installation: Installation) { self.installation = installation }

    /// Those whose time has come, in the schedule's order. One that is due later than its interval allows got its time from
    /// a clock that was ahead, and its time has come too; a lease likewise.
    func due(of jobs: [ScheduledJob]) async throws -> [ScheduledJob] {
        let now = installation.now()
        let jobsStored = try await installation.database.read(tenant: nil) { tx in
            try tx.rows("SELECT name, due_at, lease_until FROM jobs WHERE due_at > \(now) OR lease_until > \(now)")
                .map(Waiting.init)
        }
        return jobs.filter { job in
            guard let waiting = jobsStored.first(where: { $0.name == job.name }) else { return true }
            let isLater = waiting.due > now && waiting.due <= now.adding(milliseconds: job.interval)
            let end = now.adding(milliseconds: Self.lifetime)
            let isTaken = waiting.lease.map { $0 > now && $0 <= end } ?? false
            return !isLater && !isTaken
        }
    }

    /// Which of those that forget must wait: nobody knows whether the clock has jumped, or whether no jobs have run for that
    /// long. Each is put off by one interval, and once: then the clock has agreed for so long.
    func unsure(of jobs: [ScheduledJob]) async throws -> Set<String> {
        let limit = installation.now().adding(milliseconds: -StoredInstant.tolerance)
        let stored = try await installation.database.read(tenant: nil) { tx in
            try tx.rows("SELECT name, due_at, finished_at FROM jobs").map { row in
                (
                    name: try row["name"] as String, due: try row["due_at"] as Instant,
                    ended: try row["finished_at"] as Instant?
                )
            }
        }
        guard let newest = stored.compactMap(\.ended).max(), newest < limit else { return [] }
        let waiting = jobs.filter { job in
            guard job.forgets else { return false }
            guard let known = stored.first(where: { $0.name == job.name }), let ended = known.ended else { return true }
            // Only a job that was put off is due later than one interval after its end.
            return known.due <= ended.adding(milliseconds: job.interval)
        }
        return Set(waiting.map(\.name))
    }

    /// A job as it is stored.
    private struct Waiting: Sendable {
        var name: String
        var due: Instant
        var lease: Instant?

        init(_ row: Row) throws {
            name = try row["name"]
            due = try row["due_at"]
            lease = try row["lease_until"]
        }
    }

    /// A job that has run, and why it failed if it did.
    struct Ended: Sendable {
        var job: ScheduledJob
        var fault: String?
        /// Nothing was done: it waits for its next time.
        var isPutOff = false
    }

    /// Takes a job, and finishes the one before it in the same transaction: one wait for the disk.
    ///
    /// - Returns: false when another node has the job, or has just done it.
    func claim(_ job: ScheduledJob, finishing ended: Ended? = nil) async throws -> Bool {
        let now = installation.now()
        let until = now.adding(milliseconds: Self.lifetime)
        let next = now.adding(milliseconds: job.interval)
        return try await installation.database.write(tenant: nil) { tx in
            if let ended { try finish(ended, at: now, in: tx) }
            return try tx.run(
                """
                INSERT INTO jobs (name, due_at, lease_until, owner) VALUES (\(job.name), \(now), \(until), \(owner))
                ON CONFLICT (name) DO UPDATE SET lease_until = \(until), owner = \(owner)
                WHERE (jobs.due_at <= \(now) OR jobs.due_at > \(next))
                    AND (jobs.lease_until IS NULL OR jobs.lease_until <= \(now) OR jobs.lease_until > \(until))
                """) == 1
        }
    }

    /// Keeps the job from the others as long as its work takes.
    func holding<Value>(_ job: ScheduledJob, _ work: () async throws -> Value) async throws -> Value {
        let beat = Task {
            while true {
                try await Task.sleep(for: .milliseconds(Self.lifetime / 3))
                // Missed once, it comes in time the next time.
                try? await renew(job)
            }
        }
        defer { beat.cancel() }
        return try await work()
    }

    func renew(_ job: ScheduledJob) async throws {
        let until = installation.now().adding(milliseconds: Self.lifetime)
        _ = try await installation.database.write(tenant: nil) { tx in
            try tx.run("UPDATE jobs SET lease_until = \(until) WHERE name = \(job.name) AND owner = \(owner)")
        }
    }

    func finish(_ ended: Ended) async throws {
        let now = installation.now()
        try await installation.database.write(tenant: nil) { try finish(ended, at: now, in: $0) }
    }

    private func finish(_ ended: Ended, at now: Instant, in tx: Transaction) throws {
        let (interval, fault) = (ended.job.interval, ended.fault)
        let next = now.adding(milliseconds: fault == nil ? interval : min(interval, Self.retry))
        let finished: SQL = ended.isPutOff ? "finished_at" : "\(now)"
        try tx.send(
            """
            UPDATE jobs SET due_at = \(next), lease_until = NULL, owner = NULL, finished_at = \(finished), fault = \(fault)
            WHERE name = \(ended.job.name) AND owner = \(owner)
            """)
    }
}
