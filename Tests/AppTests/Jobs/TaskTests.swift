import Database
import Domain
import Testing

@testable import App
@testable import Support

/// Work that is queued with what wants it, and done afterwards: once, in portions, whatever stops it.
@Suite struct TaskTests {
    /// Counts to a number, in the audit; stumbles where it is told to.
    struct Count: TaskKind {
        static let kind = "count"
        static let lane = TaskLane.long
        static let isInOrder = true
        var name: String
        var last: Int
        var stumblesAt: Int?
        var reached = 0

        struct Stumbled: Error {}

        mutating func perform(in op: App.Operation) throws -> TaskStep {
            reached += 1
            try op.audit(.mailRetried, "\(name) \(reached)")
            if reached == stumblesAt { throw Stumbled() }
            return TaskStep(count: 1, isOver: reached == last)
        }
    }

    struct Greet: TaskKind {
        static let kind = "greet"
        static let lane = TaskLane.prompt

        func perform(in op: App.Operation) throws -> TaskStep {
            try op.audit(.mailRetried, "greeted")
            return TaskStep(count: 1, isOver: true)
        }
    }

    private struct Scene {
        let torg: TestTorg
        let installation: Installation

        init() async throws {
            torg = try await TestTorg()
            var installation = torg.installation
            installation.taskKinds = [Count.self, Greet.self, RenewDeadlines.self]
            self.installation = installation
        }

        func queue(_ task: some TaskKind) async throws {
            try await installation.write(torg.sandvik) { try $0.tasks.enqueue(task) }
        }

        /// What was done, in its order.
        func done() async throws -> [String] {
            try await torg.read { op in
                try op.tx.rows(
                    "SELECT subject FROM audit WHERE municipality = \(op.tenant) AND kind = 'mail_retried' ORDER BY id"
                ).map { try $0["subject"] }
            }
        }

        func tasks() async throws -> [StoredTask] {
            try await torg.read { op in
                try op.tx.rows("SELECT * FROM tasks WHERE municipality = \(op.tenant) ORDER BY id").map(StoredTask.init)
            }
        }

        func claim(_ lane: TaskLane = .long) async throws -> TaskClaim? {
            try await TaskClaim.next(in: lane, of: torg.sandvik, installation)
        }
    }

    @Test func aTaskIsThereWithWhatWantsItAndGoneWhenDone() async throws {
        struct Refused: Error {}
        let scene = try await Scene()
        await #expect(throws: Refused.self) {
            try await scene.installation.write(scene.torg.sandvik) { op in
                try op.tasks.enqueue(Greet())
                throw Refused()
            }
        }
        #expect(try await scene.installation.runTasks() == 0)
        try await scene.queue(Count(name: "a", last: 3))
        try await scene.queue(Greet())
        #expect(try await scene.installation.runTasks() == 2)
        #expect(Set(try await scene.done()) == ["a 1", "a 2", "a 3", "greeted"])
        #expect(try await scene.tasks().isEmpty)
        #expect(try await scene.installation.runTasks() == 0)
        await scene.torg.close()
    }

    /// A step that is done is never done again.
    @Test func itGoesOnWhereItWas() async throws {
        let scene = try await Scene()
        try await scene.queue(Count(name: "b", last: 4, stumblesAt: 3))
        _ = try await scene.installation.runTasks()
        let stored = try #require(try await scene.tasks().first)
        #expect((stored.state, stored.attempts, stored.done) == (.waiting, 1, 2))
        #expect(stored.fault?.contains("Stumbled") == true)
        // Not before its pause is over.
        #expect(try await scene.installation.runTasks() == 0)
        #expect(stored.nextAttemptAt > scene.torg.now.adding(minutes: 1).adding(milliseconds: -1))
        scene.torg.advance(minutes: 2)
        try await scene.installation.write(scene.torg.sandvik) { op in
            let healed = #"{"last":4,"name":"b","reached":2}"#
            _ = try op.tx.run("UPDATE tasks SET payload = \(healed) WHERE municipality = \(op.tenant)")
        }
        _ = try await scene.installation.runTasks()
        #expect(try await scene.done() == ["b 1", "b 2", "b 3", "b 4"])
        #expect(try await scene.tasks().isEmpty)
        await scene.torg.close()
    }

    /// One that always fails is shown and not repeated for ever; somebody has it tried again, or lets it be.
    @Test func whatAlwaysFailsIsGivenUpAndShown() async throws {
        let scene = try await Scene()
        try await scene.queue(Count(name: "c", last: 1, stumblesAt: 1))
        // A task of a kind that this Torg does not know, as after going back to an older one.
        try await scene.installation.write(scene.torg.sandvik) { op in
            _ = try op.tx.run(
                """
                INSERT INTO tasks (municipality, id, kind, lane, payload, state, next_attempt_at, created_at)
                VALUES (\(op.tenant), 1, 'renew_deadlines', 'prompt', '[]', 'waiting', \(op.now), \(op.now))
                """)
        }
        for _ in 0..<40 {
            _ = try await scene.installation.runTasks()
            scene.torg.advance(hours: 5)
        }
        #expect(try await scene.tasks().map(\.state) == [.failed, .failed])
        #expect(try await scene.tasks().allSatisfy { $0.attempts == StoredTask.greatestAttempts })
        #expect(try await scene.done() == [])
        let client = TestClient(scene.torg)
        try await client.logIn(as: "admin")
        #expect(try await client.open("/sandvik/admin").body.contains("2 pieces of work failed"))
        let page = try await client.open("/sandvik/admin/tasks")
        #expect(page.body.contains("Working out deadlines anew") && page.body.contains("12 attempts"))
        let retry = try await client.fill("/sandvik/admin/tasks", to: "/sandvik/admin/tasks/1/retry")
        #expect(retry.status == 303)
        #expect(try await scene.tasks().map(\.state) == [.waiting, .failed])
        _ = try await client.fill("/sandvik/admin/tasks", to: "/sandvik/admin/tasks/1/stop")
        #expect(try await scene.tasks().map(\.state) == [.stopped, .failed])
        #expect(try await scene.installation.runTasks() == 0)
        await scene.torg.close()
    }

    @Test func everyKindHasWords() throws {
        let words = try Templates.tested.words("nb")
        for kind in TaskKinds.all { #expect(words.has("task." + kind.kind)) }
    }

    /// A node that died, or hangs, loses its task to another; what it still writes touches nothing.
    @Test func ofTwoNodesOneHasTheTask() async throws {
        let scene = try await Scene()
        try await scene.queue(Count(name: "d", last: 2))
        let first = try #require(try await scene.claim())
        #expect(try await scene.claim() == nil)
        scene.torg.advance(minutes: 5)
        let second = try #require(try await scene.claim())
        #expect(try await first.run() == 0)
        #expect(try await second.run() == 2)
        #expect(try await scene.done() == ["d 1", "d 2"])
        await scene.torg.close()
    }

    @Test func theLaterWaitsForTheEarlierOfItsKindOnly() async throws {
        let scene = try await Scene()
        try await scene.queue(Count(name: "e", last: 1))
        try await scene.queue(Count(name: "f", last: 1))
        try await scene.queue(RenewDeadlines())
        let first = try #require(try await scene.claim())
        // Another lane, and another kind in the same lane, go on.
        let other = try #require(try await scene.claim())
        #expect(other.stored.kind == "renew_deadlines")
        #expect(try await scene.claim() == nil)
        _ = try await first.run()
        #expect(try await scene.claim()?.stored.payload.contains("\"f\"") == true)
        await scene.torg.close()
    }

    /// Whoever takes it and dies of it, again and again, does so for a time only.
    @Test func whatKillsIsGivenUp() async throws {
        let scene = try await Scene()
        try await scene.queue(Count(name: "g", last: 1))
        for _ in 0..<StoredTask.greatestAttempts {
            #expect(try await scene.claim() != nil)
            scene.torg.advance(minutes: 6)
        }
        #expect(try await scene.claim() == nil)
        #expect(try await scene.tasks().map(\.state) == [.failed])
        await scene.torg.close()
    }

    /// At three and at four o'clock where the municipality is, once a day.
    @Test func workOfTheDayIsQueuedByTheMunicipalitysClock() async throws {
        let scene = try await Scene()
        // 9.12 in Oslo: today's has not been yet.
        #expect(try await scene.installation.queueDailyTasks() == 2)
        #expect(try await scene.installation.queueDailyTasks() == 0)
        let zone = try await scene.torg.read { $0.municipality.timeZone }
        let tomorrow = zone.day(of: scene.torg.now) + 1
        let three = zone.instant(of: tomorrow, at: try #require(TimeOfDay("03:00")))
        scene.torg.advance(to: three.adding(minutes: -1))
        #expect(try await scene.installation.queueDailyTasks() == 0)
        scene.torg.advance(to: three)
        #expect(try await scene.installation.queueDailyTasks() == 1)
        #expect(try await scene.tasks().map(\.kind) == ["renew_deadlines", "erase_by_rule", "renew_deadlines"])
        await scene.torg.close()
    }

    /// A job that takes longer than its lease keeps it.
    @Test func aLongJobKeepsItsLease() async throws {
        let torg = try await TestTorg()
        let job = ScheduledJob.every(hours: 1, "sweep", "thing(s) swept") { _ in 0 }
        let (one, two) = (JobLease(installation: torg.installation), JobLease(installation: torg.installation))
        #expect(try await one.claim(job))
        for _ in 0..<4 {
            torg.advance(minutes: 9)
            try await one.renew(job)
            #expect(try await !two.claim(job))
        }
        torg.advance(minutes: 10)
        #expect(try await two.claim(job))
        // It has lost it, and does not take it back.
        try await one.renew(job)
        torg.advance(minutes: 10)
        #expect(try await one.claim(job))
        await torg.close()
    }
}
