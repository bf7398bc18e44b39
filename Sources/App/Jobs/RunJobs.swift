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
    fileprivate var hasSomethingToTell: Bool { count > 0 || failed }
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
        async let history: Void = again("history") { _ = try await runConsumers() }
        async let prompt: Void = again("tasks") { _ = try await run(.prompt) }
        async let long: Void = again("tasks") { _ = try await run(.long) }
        async let clock: Void = watchClock()
        _ = await (clock, mails, schedule, history, prompt, long)
    }

    /// Does its turn again and again, with a pause between.
    private func again(_ name: String, _ turn: () async throws -> Void) async {
        while !Task.isCancelled {
            do {
                try await turn()
            } catch let error as DatabaseError where error.retryAfter != nil {
                // The database is away: it is asked again at the next turn.
                if storage.log.allows(name) { logger.warning("the jobs must wait", metadata: ["error": "\(error)"]) }
            } catch {
                if storage.log.allows(name + " fault") {
                    logger.error("a job failed", metadata: ["job": "\(name)", "error": "\(error)"])
                }
            }
            // Cancelled: the loop ends.
            try? await Task.sleep(for: Self.pause)
        }
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

    /// What is forgotten has a lane of its own: however much there is of it, reminders come in their minute.
    private func runSchedule() async {
        let past = PastJobs()
        async let forgetting: Void = again("jobs") { tell(try await run(past.take())) }
        await again("jobs") {
            let due = try await dueJobs()
            past.offer(due.filter(\.job.forgets))
            tell(try await run(due.filter { !$0.job.forgets }))
        }
        await forgetting
    }

    private func tell(_ runs: [JobRun]) {
        for run in runs {
            if let fault = run.fault {
                logger.error("a job failed", metadata: ["job": "\(run.name)", "error": "\(fault)"])
            }
        }
    }

    private func watchClock() async {
        var clock = ClockWatch(now())
        while !Task.isCancelled {
            if let seconds = clock.jump(at: now()) {
                logger.warning("the clock has jumped ahead", metadata: ["seconds": "\(seconds)"])
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// Runs what is due now, once. Tells of those that had something to do, and of those that failed.
    public func runDueJobs() async throws -> [JobRun] {
        let mails = await run("mails", "mail(s) sent") { try await deliverMessages() }
        let scheduled = try await self.run(try await dueJobs())
        let tasks = await self.run("tasks", "task(s) worked on") { try await runTasks() }
        let history = await self.run("history", "line(s) of the history read") { try await runConsumers() }
        return [mails].filter(\.hasSomethingToTell) + scheduled + [tasks, history].filter(\.hasSomethingToTell)
    }

    private func run(_ name: String, _ unit: String, _ work: () async throws -> Int) async -> JobRun {
        var run = JobRun(name: name, count: 0, unit: unit, fault: nil)
        do { run.count = try await work() } catch { run.fault = "\(error)" }
        return run
    }

    private func dueJobs() async throws -> [DueJob] {
        // By a clock that cannot be right nothing is forgotten, and nobody reminded.
        try requireClock(at: now())
        try await putRightAfterClockJump()
        let lease = JobLease(installation: self)
        let unsure = try await lease.unsure(of: Schedule.jobs)
        return try await lease.due(of: Schedule.jobs).map { DueJob(job: $0, isUnsure: unsure.contains($0.name)) }
    }

    private func run(_ due: [DueJob]) async throws -> [JobRun] {
        let lease = JobLease(installation: self)
        var runs: [JobRun] = []
        var ended: JobLease.Ended?
        for due in due {
            let job = due.job
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
            if due.isUnsure {
                ended = JobLease.Ended(job: job, fault: nil, isPutOff: true)
                continue
            }
            var run = JobRun(name: job.name, count: 0, unit: job.unit, fault: nil)
            // Not a child of this task: stopping Torg lets the job come to its end.
            do {
                run.count = try await Task { try await lease.holding(job) { try await job.work(self) } }.value
            } catch {
                run.fault = "\(error)"
            }
            ended = JobLease.Ended(job: job, fault: run.fault)
            runs.append(run)
        }
        if let ended { try await lease.finish(ended) }
        return runs
    }
}

private struct DueJob: Sendable {
    let job: ScheduledJob
    /// Nobody knows whether the clock is right: it waits for its next time.
    let isUnsure: Bool
}

/// What is to be forgotten, as it was found: whether the clock was right can be seen only before other jobs have run.
private final class PastJobs: Sendable {
    private let due = Mutex<[DueJob]>([])

    func offer(_ more: [DueJob]) {
        due.withLock { due in
            for job in more where !due.contains(where: { $0.job.name == job.job.name }) { due.append(job) }
        }
    }

    func take() -> [DueJob] {
        due.withLock { due in
            defer { due = [] }
            return due
        }
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
