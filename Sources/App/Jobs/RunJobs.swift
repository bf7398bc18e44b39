import Database
import Domain
import Foundation
import Synchronization

/// What became of a job that was due.
public struct JobRun: Sendable, CustomStringConvertible {
    public let name: String
    /// How much there was to do.
    public fileprivate(set) var count: Int
    /// What the count counts.
    let unit: String
    /// Why it failed; it will be tried again.
    public fileprivate(set) var fault: String?

    public var failed: Bool { fault != nil }
    public var description: String { fault.map { "\(name): failed: \($0)" } ?? "\(name): \(count) \(unit)" }
}

extension Installation {
    /// How long a turn waits for the next one, unless a mail is queued in this process meanwhile.
    static let pause = Duration.seconds(1)

    /// Runs what is due again and again, until the task is cancelled; what has begun is then finished first.
    ///
    /// The mails go on beside the schedule: a mail server that hangs holds up nothing else.
    public func runJobs() async {
        async let mails: Void = runSenders()
        async let schedule: Void = runSchedule()
        _ = await (mails, schedule)
    }

    /// Sets those senders going that have nothing to do, whatever the others wait for.
    private func runSenders() async {
        let idle = IdleSenders(count: Self.sendersAtOnce)
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                // When the database is away, the schedule tells of it.
                let waiting = (try? await waitingMessages()) ?? []
                let senders = waiting.isEmpty ? [] : idle.take()
                for sender in senders {
                    group.addTask {
                        let fault = await self.deliver(waiting, as: sender).fault
                        let isPassing = (fault as? DatabaseError)?.retryAfter != nil
                        if let fault, !isPassing || self.storage.log.allows("mails") {
                            logger.error("a job failed", metadata: ["job": "mails", "error": "\(fault)"])
                        }
                        idle.giveBack(sender)
                    }
                }
                await messageQueued.wait(atMost: Self.pause)
            }
        }
    }

    private func runSchedule() async {
        var clock = ClockWatch(now())
        while !Task.isCancelled {
            if let seconds = clock.jump(at: now()) {
                logger.warning("the clock has jumped ahead", metadata: ["seconds": "\(seconds)"])
            }
            do {
                for run in try await runScheduledJobs() {
                    if let fault = run.fault {
                        logger.error("a job failed", metadata: ["job": "\(run.name)", "error": "\(fault)"])
                    }
                }
            } catch {
                // The database is away: it is asked again at the next turn.
                if storage.log.allows("jobs") { logger.warning("the jobs must wait", metadata: ["error": "\(error)"]) }
            }
            // Cancelled: the loop ends.
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// Runs what is due now, once. Tells of those that had something to do, and of those that failed.
    public func runDueJobs() async throws -> [JobRun] {
        var mails = JobRun(name: "mails", count: 0, unit: "mail(s) sent", fault: nil)
        do { mails.count = try await deliverMessages() } catch { mails.fault = "\(error)" }
        return (mails.count > 0 || mails.failed ? [mails] : []) + (try await runScheduledJobs())
    }

    private func runScheduledJobs() async throws -> [JobRun] {
        // By a clock that cannot be right nothing is forgotten, and nobody reminded.
        try requireClock(at: now())
        try await putRightAfterClockJump()
        let lease = JobLease(installation: self)
        var runs: [JobRun] = []
        var ended: JobLease.Ended?
        let unsure = try await lease.unsure(of: Schedule.jobs)
        for job in try await lease.due(of: Schedule.jobs) {
            let isClaimed: Bool
            do {
                isClaimed = try await lease.claim(job, finishing: ended)
            } catch {
                // Somebody else's hold on the next job must not keep this one from its next time.
                if let ended { try? await lease.finish(ended) }
                throw error
            }
            ended = nil
            guard isClaimed else { continue }
            if unsure.contains(job.name) {
                ended = JobLease.Ended(job: job, fault: nil, isPutOff: true)
                continue
            }
            var run = JobRun(name: job.name, count: 0, unit: job.unit, fault: nil)
            // Not a child of this task: stopping Torg lets the job come to its end.
            do { run.count = try await Task { try await job.work(self) }.value } catch { run.fault = "\(error)" }
            ended = JobLease.Ended(job: job, fault: run.fault)
            runs.append(run)
        }
        if let ended { try await lease.finish(ended) }
        return runs
    }
}

/// Which of the senders have nothing to do.
private final class IdleSenders: Sendable {
    private let senders: Mutex<[Int]>

    init(count: Int) { senders = Mutex(Array(0..<count)) }

    func take() -> [Int] {
        senders.withLock { senders in
            defer { senders = [] }
            return senders
        }
    }

    func giveBack(_ sender: Int) { senders.withLock { $0.append(sender) } }
}
