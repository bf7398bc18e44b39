import Database
import Domain
import Support
import Synchronization
import Testing

@testable import App

/// The schedule: each job at its time, on one node, and again when it failed.
@Suite struct JobsTests {
    private static let job = ScheduledJob.every(hours: 1, "sweep", "thing(s) swept") { _ in 0 }

    @Test func aJobRunsOnceInItsTime() async throws {
        let torg = try await TestTorg()
        let lease = JobLease(installation: torg.installation)
        #expect(try await lease.due(of: [Self.job]).count == 1)
        #expect(try await lease.claim(Self.job))
        try await lease.finish(.init(job: Self.job, fault: nil))
        torg.advance(minutes: 59)
        #expect(try await lease.due(of: [Self.job]).isEmpty)
        #expect(try await !lease.claim(Self.job))
        torg.advance(minutes: 1)
        #expect(try await lease.due(of: [Self.job]).count == 1)
        #expect(try await lease.claim(Self.job))
        await torg.close()
    }

    @Test func ofTwoNodesOneHasTheJob() async throws {
        let torg = try await TestTorg()
        let (one, two) = (JobLease(installation: torg.installation), JobLease(installation: torg.installation))
        #expect(try await one.claim(Self.job))
        #expect(try await !two.claim(Self.job))
        // The first one died: its lease runs out, and it can no longer say that it has finished.
        torg.advance(minutes: 10)
        #expect(try await two.claim(Self.job))
        try await one.finish(.init(job: Self.job, fault: nil))
        #expect(try await !one.claim(Self.job))
        await torg.close()
    }

    @Test func oneJobIsFinishedWhereTheNextIsClaimed() async throws {
        let torg = try await TestTorg()
        let next = ScheduledJob.every(hours: 1, "dust", "thing(s) dusted") { _ in 0 }
        let (one, two) = (JobLease(installation: torg.installation), JobLease(installation: torg.installation))
        #expect(try await two.claim(next))
        #expect(try await one.claim(Self.job))
        // Another node has the next one: this one is finished all the same.
        #expect(try await !one.claim(next, finishing: .init(job: Self.job, fault: nil)))
        try await two.finish(.init(job: next, fault: nil))
        torg.advance(minutes: 60)
        #expect(try await two.claim(Self.job))
        #expect(try await two.claim(next, finishing: .init(job: Self.job, fault: "no room")))
        // The first failed and is due in a minute, the second is being done.
        torg.advance(minutes: 1)
        #expect(try await one.due(of: [Self.job, next]).map(\.name) == ["sweep"])
        await torg.close()
    }

    @Test func aFailedJobIsTriedAgainInAMinute() async throws {
        let torg = try await TestTorg()
        let lease = JobLease(installation: torg.installation)
        #expect(try await lease.claim(Self.job))
        try await lease.finish(.init(job: Self.job, fault: "no room"))
        torg.advance(minutes: 1)
        #expect(try await lease.claim(Self.job))
        await torg.close()
    }

    @Test func whatIsDueIsDoneAndTold() async throws {
        let torg = try await TestTorg()
        try await torg.report()
        let first = try await torg.installation.runDueJobs()
        #expect(first.map(\.name) == ["mails"] + Schedule.jobs.map(\.name) + ["tasks", "history"])
        #expect(first[0].description == "mails: 1 mail(s) sent")
        #expect(first.allSatisfy { !$0.failed })
        #expect(try await torg.installation.runDueJobs().isEmpty)
        await torg.close()
    }

    @Test func aQueuedMailLeavesAtOnce() async throws {
        let torg = try await TestTorg()
        let jobs = Task { await torg.installation.runJobs() }
        try await Task.sleep(for: .milliseconds(100))
        try await torg.report()
        for _ in 0..<200 where torg.outbox.mails.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        #expect(torg.outbox.mails.count == 1)
        jobs.cancel()
        await jobs.value
        await torg.close()
    }

    @Test func aHangingMailServerHoldsUpNothingElse() async throws {
        let torg = try await TestTorg()
        let hanging = Mutex(true)
        let sent = Mutex<[String]>([])
        let installation = torg.sending { message, _, handingOver in
            try await handingOver()
            let address = message.to.address.description
            while address.hasPrefix("slow"), hanging.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
            sent.withLock { $0.append(address) }
        }
        try await torg.report(email: "slow@example.org")
        let jobs = Task { await installation.runJobs() }
        for _ in 0..<200 where try await torg.mails()[0].state != .handedOver {
            try await Task.sleep(for: .milliseconds(20))
        }
        try await torg.report(email: "quick@example.org")
        for _ in 0..<300 where sent.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(20)) }
        #expect(sent.withLock { $0 } == ["quick@example.org"])
        let lease = JobLease(installation: installation)
        for _ in 0..<300 where try await !lease.due(of: Schedule.jobs).isEmpty {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(try await lease.due(of: Schedule.jobs).isEmpty)
        // Stopped meanwhile: what has begun is finished.
        jobs.cancel()
        hanging.withLock { $0 = false }
        await jobs.value
        #expect(sent.withLock { $0 } == ["quick@example.org", "slow@example.org"])
        #expect(try await torg.mails().map(\.state) == [.sent, .sent])
        await torg.close()
    }

    @Test func ringingEndsTheWaitingAndIsNotLost() async throws {
        // So much longer than a busy machine takes that only a lost ring can be the reason.
        let bell = Wakening()
        let started = ContinuousClock.now
        bell.ring()
        await bell.wait(atMost: .seconds(600))
        let waiting = Task { await bell.wait(atMost: .seconds(600)) }
        try await Task.sleep(for: .milliseconds(20))
        bell.ring()
        await waiting.value
        let cancelled = Task { await bell.wait(atMost: .seconds(600)) }
        cancelled.cancel()
        await cancelled.value
        #expect(ContinuousClock.now - started < .seconds(300))
        await bell.wait(atMost: .milliseconds(10))
    }

    @Test func whatIsPastIsForgottenAndNothingElse() async throws {
        let torg = try await TestTorg()
        let agent: ID<User> = torg.id("agent")
        func fill(_ mark: String) async throws {
            try await torg.installation.write(torg.sandvik) { op in
                _ = try Session.begin(for: agent, in: op)
                try op.tx.run(
                    "INSERT INTO used_forms (municipality, form, at) VALUES (\(op.tenant), \(mark), \(op.now))")
                try op.tx.run(
                    """
                    INSERT INTO idempotency_keys (municipality, user_id, key, request_hash, status, body, at)
                    VALUES (\(op.tenant), \(agent), \(mark), 'hash', 201, '{}', \(op.now))
                    """)
                try op.tx.run(
                    """
                    INSERT INTO attempts (municipality, subject, failures, blocked_until, last_at)
                    VALUES (\(op.tenant), \(mark), 3, \(op.now.adding(minutes: 5)), \(op.now))
                    """)
            }
        }
        func left() async throws -> [Int] {
            try await torg.installation.read(torg.sandvik) { op in
                let tables: [SQL] = ["sessions", "used_forms", "attempts", "idempotency_keys"]
                return try tables.map {
                    try op.tx.value("SELECT count(*) FROM \($0) WHERE municipality = \(op.tenant)") ?? 0
                }
            }
        }
        try await fill("old")
        _ = try await torg.installation.runDueJobs()
        #expect(try await left() == [1, 1, 1, 1])
        // No jobs have run for longer than the clock may be wrong: first it has to go on as it should for a while.
        torg.advance(days: 1)
        _ = try await torg.installation.runDueJobs()
        torg.advance(hours: 1)
        try await fill("new")
        #expect(try await left() == [2, 2, 2, 2])
        _ = try await torg.installation.runDueJobs()
        #expect(try await left() == [1, 1, 1, 2])
        torg.advance(days: 6)
        _ = try await torg.installation.runDueJobs()
        #expect(try await left() == [1, 1, 1, 2])
        torg.advance(hours: 1)
        _ = try await torg.installation.runDueJobs()
        #expect(try await left() == [0, 0, 0, 1])
        await torg.close()
    }

    @Test func anAbsenceIsForgottenAYearAfterItsLastDay() async throws {
        let torg = try await TestTorg()
        let agent: ID<User> = torg.id("agent")
        let today = try await torg.installation.read(torg.sandvik) { $0.today }
        for last in [today - 1, today] {
            try await torg.installation.write(torg.sandvik) { op in
                try op.tx.send(
                    """
                    INSERT INTO absences (municipality, id, user_id, first_day, last_day)
                    VALUES (\(op.tenant), \(op.newID(of: Absence.self)), \(agent), \(today - 10), \(last))
                    """)
            }
        }
        torg.advance(days: 364)
        #expect(try await torg.installation.forgetAbsences() == 0)
        torg.advance(days: 1)
        #expect(try await torg.installation.forgetAbsences() == 1)
        torg.advance(days: 1)
        #expect(try await torg.installation.forgetAbsences() == 1)
        await torg.close()
    }
}
