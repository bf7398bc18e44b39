import Database
import Domain
import Foundation

/// What became of a job that was due.
public struct JobRun: Sendable, CustomStringConvertible {
    public let name: String
    /// How much there was to do.
    public let count: Int
    /// What the count counts.
    let unit: String
    /// Why it failed; it will be tried again.
    public let fault: String?

    public var failed: Bool { fault != nil }
    public var description: String { fault.map { "\(name): failed: \($0)" } ?? "\(name): \(count) \(unit)" }
}

extension Installation {
    /// How long a turn waits for the next one, unless a mail is queued in this process meanwhile.
    static let pause = Duration.seconds(1)

    /// Runs what is due again and again, until the task is cancelled; what has begun is then finished first.
    public func runJobs() async {
        while !Task.isCancelled {
            do {
                for run in try await runDueJobs() {
                    if let fault = run.fault {
                        logger.error("a job failed", metadata: ["job": "\(run.name)", "error": "\(fault)"])
                    }
                }
            } catch {
                // The database is away: it is asked again at the next turn.
                logger.warning("the jobs must wait", metadata: ["error": "\(error)"])
            }
            await mailQueued.wait(atMost: Self.pause)
        }
    }

    /// Runs what is due now, once. Tells of those that had something to do, and of those that failed.
    public func runDueJobs() async throws -> [JobRun] {
        let lease = JobLease(installation: self)
        let due = try await lease.due(of: Schedule.jobs)
        var runs: [JobRun] = []
        for job in due {
            guard try await lease.claim(job) else { continue }
            var fault: String?
            var count = 0
            // Not a child of this task: stopping Torg lets the job come to its end.
            do { count = try await Task { try await job.work(self) }.value } catch { fault = "\(error)" }
            try await lease.finish(job, fault: fault)
            if count > 0 || fault != nil || job.interval != nil {
                runs.append(JobRun(name: job.name, count: count, unit: job.unit, fault: fault))
            }
        }
        return runs
    }
}
