import Database
import Domain

/// Takes jobs for this process, so that of several nodes one runs each. A node that dies loses its jobs to the others
/// when their lease is over. The jobs are the installation's, so these statements carry no municipality.
struct JobLease: Sendable {
    /// Milliseconds for which a job is kept from the others.
    static let lifetime: Int64 = 10 * 60_000
    /// After a failure it is tried again this soon, in milliseconds, or at its usual time if that is sooner.
    static let retry: Int64 = 60_000

    let installation: Installation
    private let owner = Secret.random(bytes: 12)

    init(installation: Installation) { self.installation = installation }

    /// Those whose time has come, in the schedule's order.
    func due(of jobs: [ScheduledJob]) async throws -> [ScheduledJob] {
        let now = installation.now()
        let notYet: Set<String> = try await installation.database.read(tenant: nil) { tx in
            let rows = try tx.rows("SELECT name FROM jobs WHERE due_at > \(now) OR lease_until > \(now)")
            return Set(try rows.map { try $0["name"] })
        }
        return jobs.filter { !notYet.contains($0.name) }
    }

    /// A job that has run, and why it failed if it did.
    struct Ended: Sendable {
        var job: ScheduledJob
        var fault: String?
    }

    /// Takes a job, and finishes the one before it in the same transaction: one wait for the disk.
    ///
    /// - Returns: false when another node has the job, or has just done it.
    func claim(_ job: ScheduledJob, finishing ended: Ended? = nil) async throws -> Bool {
        let now = installation.now()
        let until = now.adding(milliseconds: Self.lifetime)
        return try await installation.database.write(tenant: nil) { tx in
            if let ended { try finish(ended, at: now, in: tx) }
            return try tx.run(
                """
                INSERT INTO jobs (name, due_at, lease_until, owner) VALUES (\(job.name), \(now), \(until), \(owner))
                ON CONFLICT (name) DO UPDATE SET lease_until = \(until), owner = \(owner)
                WHERE jobs.due_at <= \(now) AND (jobs.lease_until IS NULL OR jobs.lease_until <= \(now))
                """) == 1
        }
    }

    func finish(_ ended: Ended) async throws {
        let now = installation.now()
        try await installation.database.write(tenant: nil) { try finish(ended, at: now, in: $0) }
    }

    private func finish(_ ended: Ended, at now: Instant, in tx: Transaction) throws {
        let (interval, fault) = (ended.job.interval, ended.fault)
        let next = now.adding(milliseconds: fault == nil ? interval : min(interval, Self.retry))
        try tx.send(
            """
            UPDATE jobs SET due_at = \(next), lease_until = NULL, owner = NULL, finished_at = \(now), fault = \(fault)
            WHERE name = \(ended.job.name) AND owner = \(owner)
            """)
    }
}
