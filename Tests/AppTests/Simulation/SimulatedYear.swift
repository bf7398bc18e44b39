import Database
import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// A municipality through a whole year on a clock that the test moves: people report, pass on, answer, park, wait, go
/// on holiday and change the calendar by chance; Torg is killed in the middle of its jobs now and then, and two nodes
/// run them at once. What must hold afterwards is read from the stored events.
struct SimulatedYear {
    static let days = 365

    struct Rules: Sendable {
        var since: Instant
        var calendar: WorkingCalendar
        var targets: ServiceTargets
    }

    let torg: TestTorg
    private let boxes = SimulatedBoxes()
    /// From when which rules held.
    private(set) var rules: [Rules] = []
    /// When the jobs ran, in order.
    private(set) var runs: [Instant] = []
    /// Whether the right people were told.
    private(set) var told = ToldCheck()
    private var chance = DemoChance(seed: 2026)

    init() async throws {
        torg = try await TestTorg(configure: boxes.install)
        try await SimulatedStaff.fill(torg)
        try await noteRules()
    }

    mutating func run() async throws {
        var day = try #require(rules.last).calendar.timeZone.day(of: torg.now)
        for number in 0..<Self.days {
            day = day + 1
            if number == 120 { try await closeForABridge(after: day) }
            if number == 240 { try await answerFaster() }
            try await live(through: day)
        }
    }

    private mutating func live(through day: CivilDay) async throws {
        let calendar = try #require(rules.last).calendar
        let at = { (hour: Int, minute: Int) throws -> Instant in
            calendar.timeZone.instant(of: day, at: try #require(TimeOfDay(minutes: hour * 60 + minute)))
        }
        if chance.fraction() < 0.2 { try await runJobs(at: at(2, 0)) }
        try await act(at: at(7, 10), .citizens)
        let opens = try calendar.opening(on: day) ?? at(9, 0)
        try await runJobs(at: opens)
        if calendar.isWorkingDay(day) {
            try await everyOpenCaseIsOnSomebodysList()
            try await act(at: at(10, 30), .staff)
            if chance.fraction() < 0.3 { try await runJobs(at: at(11, 45)) }
            try await act(at: at(14, 45), .staff)
        }
        try await act(at: at(19, 0), .citizens)
    }

    // MARK: Jobs

    private struct Killed: Error {}

    private mutating func runJobs(at instant: Instant) async throws {
        try await deliver(before: instant)
        torg.advance(to: instant)
        runs.append(instant)
        if chance.fraction() < 0.1 {
            // Killed before the commit: nothing of it may be there, and nothing of it may be missing afterwards.
            await #expect(throws: Killed.self) {
                try await torg.installation.write(torg.sandvik, as: { _, _, _ in .system }) { op in
                    _ = try op.deadlines.remindOfNext(50)
                    throw Killed()
                }
            }
        }
        if chance.fraction() < 0.1 {
            async let other = torg.installation.remindOfDeadlines()
            _ = try await (torg.installation.remindOfDeadlines(), other)
        }
        if chance.fraction() < 0.05 {
            // Killed between the reminders and the mails that tell of them, which go the next time.
            _ = try await torg.installation.remindOfDeadlines()
        } else {
            for run in try await torg.installation.runDueJobs() { #expect(!run.failed, "\(run)") }
        }
        try await told.look(torg)
    }

    /// A moment before the jobs run, so that what counts as told when they do hangs on no order among them.
    private mutating func deliver(before instant: Instant) async throws {
        torg.advance(to: instant.adding(milliseconds: -1))
        if chance.fraction() < 0.3 { try await boxes.report(in: torg) }
        if chance.fraction() < 0.05 { try await boxes.sendAgain(in: torg) }
        _ = try await torg.installation.deliverMessages()
    }

    // MARK: People

    private mutating func act(at instant: Instant, _ who: SimulatedDay.Who) async throws {
        torg.advance(to: instant)
        let day = SimulatedDay(seed: chance.next(), who: who, staff: torg.id("agent"))
        let everybody: ID<User> = torg.id("agent")
        try await torg.installation.write(
            torg.sandvik,
            as: { _, directory, _ in
                guard let user = directory.people[everybody]?.user else { throw Refusal.notFound }
                return .user(user)
            }
        ) { op in try day.perform(in: op) }
    }

    // MARK: The organisation

    private mutating func closeForABridge(after day: CivilDay) async throws {
        var calendar = try #require(rules.last).calendar
        calendar.closingDays = [day + 3, day + 4]
        calendar.halfDays = [day + 8: .noon]
        try await change(calendar, try #require(rules.last).targets)
    }

    private mutating func answerFaster() async throws {
        var targets = try #require(rules.last).targets
        targets.feedback = ServiceTarget(2, inHolidayPeriod: 3)
        targets.escalateAfter = 3
        try await change(try #require(rules.last).calendar, targets)
    }

    private mutating func change(_ calendar: WorkingCalendar, _ targets: ServiceTargets) async throws {
        let stored = (
            String(decoding: try JSON.encode(calendar), as: UTF8.self),
            String(decoding: try JSON.encode(targets), as: UTF8.self)
        )
        try await torg.installation.write(torg.sandvik, as: { _, _, _ in .system }) { op in
            try op.tx.run(
                "UPDATE municipalities SET calendar = \(stored.0), targets = \(stored.1) WHERE id = \(op.tenant)")
            try op.organisation.touch()
            try op.organisation.present().deadlines.renew(since: op.directory.rules)
        }
        try await noteRules()
    }

    private mutating func noteRules() async throws {
        let (calendar, targets) = try await torg.read { op in (op.directory.calendar, op.directory.targets) }
        rules.append(Rules(since: torg.now, calendar: calendar, targets: targets))
    }

    /// Each open case has a next deadline, and a unit or person in whose list it stands.
    private func everyOpenCaseIsOnSomebodysList() async throws {
        let lost: Int? = try await torg.read { op in
            try op.tx.value(
                """
                SELECT count(*) FROM cases WHERE municipality = \(op.tenant) AND state <> 'closed'
                    AND (next_due_at IS NULL OR next_due_kind IS NULL OR list_order IS NULL OR unit_id NOT IN
                        (SELECT id FROM units WHERE municipality = \(op.tenant) AND is_active = 1))
                """)
        }
        #expect(lost == 0)
    }
}
