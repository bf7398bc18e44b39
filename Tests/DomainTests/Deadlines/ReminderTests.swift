import Foundation
import Testing

@testable import Domain

@Suite struct ReminderTests {
    let calendar = WorkingCalendar.standard(.norway)
    let targets = ServiceTargets()

    private func at(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    private func next(_ subject: Case) -> Instant? {
        subject.nextReminder(of: subject.clocks.running(targets, calendar), targets, calendar)
    }

    /// Registered Monday 9 March 2026 at ten; acknowledged by Tuesday 15:30. The clock change is on 29 March.
    @Test(arguments: [
        (Reminder.Step.before, "2026-03-10T07:00:00Z"), (.missed, "2026-03-11T07:00:00Z"),
        (.escalated, "2026-03-12T07:00:00Z"),
    ])
    func eachStepComesWhenTheOfficeOpens(step: Reminder.Step, at text: String) throws {
        let due = try at("2026-03-10T14:30:00Z")
        #expect(Reminder(kind: .acknowledge, due: due, step: step).at(targets, calendar) == (try at(text)))
    }

    /// Registered Monday 9 March at ten; on Thursday at noon all has been said of Tuesday's deadline. The target becomes
    /// so many days instead: what counts as said of the new one.
    @Test(arguments: [(0, 3), (1, 0), (2, 2), (3, 1), (4, 0)])
    func whatWasSaidMovesWithTheDeadline(_ days: Int, _ carried: Int) throws {
        let now = try at("2026-03-12T11:00:00Z")
        var subject = SampleCase.make(isPassedOn: true)
        let said = subject.remind(targets, calendar, at: now).filter { $0.kind == .acknowledge }
        #expect(said.map(\.step) == [.before, .missed, .escalated])
        let before = subject.clocks.running(targets, calendar)
        var targets = targets
        targets.acknowledge = ServiceTarget(days)
        let after = subject.clocks.running(targets, calendar)
        let moved = subject.moveReminders(from: before, to: after, targets, calendar, at: now)
        #expect(moved.map(\.from.step) == Array(Reminder.Step.allCases.prefix(carried)))
        #expect(moved.allSatisfy { said.contains($0.from) && subject.reminded.contains($0.to) })
        #expect(subject.moveReminders(from: before, to: after, targets, calendar, at: now).isEmpty, "once")
        // At once nothing is said again that was said before.
        #expect(subject.remind(targets, calendar, at: now).isEmpty)
    }

    /// Whatever has been said, and wherever the promise lies: the next is the first of all that are left.
    @Test func theNextIsTheFirstOfAllThatAreLeft() throws {
        let start = try at("2026-03-30T09:00:00Z")
        for (hour, escalation) in (0..<400).flatMap({ hour in (0...3).map { (hour, $0) } }) {
            var targets = targets
            targets.escalateAfter = escalation
            var subject = SampleCase.make(isPassedOn: true)
            subject.parkedUntil = start.adding(hours: hour)
            let running = subject.clocks.running(targets, calendar)
            let all = subject.clocks.reminders(of: running, targets, calendar)
            for said in 0...3 {
                subject.reminded = Set(all.sorted { $0.at < $1.at }.prefix(said * 2).map(\.reminder))
                let left = all.filter { !subject.reminded.contains($0.reminder) }
                #expect(subject.nextReminder(of: running, targets, calendar) == left.map(\.at).min())
            }
        }
    }

    @Test func aPromiseOnAClosedDayIsRemindedOfBeforeIt() throws {
        // Sunday 15 March at noon
        let due = try at("2026-03-15T11:00:00Z")
        let steps = Reminder.Step.allCases.map { Reminder(kind: .parking, due: due, step: $0).at(targets, calendar) }
        #expect(
            steps == [try at("2026-03-13T07:00:00Z"), try at("2026-03-16T07:00:00Z"), try at("2026-03-17T07:00:00Z")])
    }

    @Test func nothingIsRemindedOfBeforeItsClockRan() throws {
        // Due on the same day at 15:30, registered at ten
        var targets = targets
        targets.acknowledge = ServiceTarget(0)
        let clocks = Clocks(startedAt: try at("2026-03-09T09:00:00Z"))
        let all = clocks.reminders(of: clocks.running(targets, calendar), targets, calendar).map(\.reminder)
        let steps = all.filter { $0.kind == .acknowledge }.map(\.step)
        #expect(steps == [.missed, .escalated])
    }

    @Test func eachReminderIsMadeOnce() throws {
        var made = SampleCase.make()
        let morning = try at("2026-03-10T07:00:00Z")
        #expect(next(made) == morning)
        #expect(made.remind(targets, calendar, at: morning.adding(milliseconds: -1)).isEmpty)
        let version = made.version
        let first = made.remind(targets, calendar, at: morning)
        #expect(first.map(\.kind) == [.acknowledge] && first.map(\.step) == [.before])
        #expect(made.remind(targets, calendar, at: morning).isEmpty)
        #expect(made.version == version, "a reminder disturbs nobody who is writing")
        // A week without any job: all that was missed is made up for, once.
        let week = made.remind(targets, calendar, at: try at("2026-03-16T09:00:00Z"))
        #expect(Set(week.map(\.step)) == [.before, .missed, .escalated])
        #expect(Set(week).count == week.count)
        #expect(made.remind(targets, calendar, at: try at("2026-03-16T09:00:00Z")).isEmpty)
    }

    @Test func aClosedCaseIsNotRemindedOf() throws {
        var closed = try SampleCase.make(.closed)
        #expect(next(closed) == nil)
        #expect(closed.remind(targets, calendar, at: SampleCase.after(days: 100)).isEmpty)
    }

    /// Parking stops the closing; when it goes on, it is the same deadline.
    @Test func aClockThatStoodStillIsNotRemindedOfAgain() throws {
        var made = try SampleCase.make(.underway)
        let late = try at("2026-04-20T09:00:00Z")
        #expect(made.remind(targets, calendar, at: late).contains { $0.kind == .close })
        _ = try made.park(until: late.adding(days: 9), reason: "parts", calendar: calendar, at: late)
        _ = made.remind(targets, calendar, at: late.adding(days: 1))
        _ = try made.unpark()
        #expect(!made.remind(targets, calendar, at: late.adding(days: 2)).contains { $0.kind == .close })
    }

    @Test func aReopenedCaseIsRemindedOfAnew() throws {
        var made = try SampleCase.make(.underway)
        _ = made.remind(targets, calendar, at: try at("2026-03-20T09:00:00Z"))
        _ = try made.close(SampleCase.refused, measures: [], by: nil, at: try at("2026-03-20T10:00:00Z"))
        _ = try made.reopen(reason: "no", at: try at("2026-03-20T11:00:00Z"))
        #expect(made.reminded.isEmpty)
        #expect(next(made) != nil)
    }

    /// On every day of two years, for each country: in office hours, after the deadline where it says so, in order.
    @Test(arguments: Country.allCases) func noneComesAtNightOrOnAClosingDay(country: Country) throws {
        let calendar = WorkingCalendar.standard(country)
        var instant = try at("2026-01-01T03:00:00Z")
        for _ in 0..<730 {
            let clocks = Clocks(startedAt: instant, parkedUntil: instant.adding(days: 9, hours: 7))
            for (reminder, at) in clocks.reminders(of: clocks.running(targets, calendar), targets, calendar) {
                #expect(calendar.isOpen(at: at))
                #expect(at > instant)
                if reminder.step == .before { #expect(at < reminder.due) } else { #expect(at >= reminder.due) }
            }
            instant = instant.adding(days: 1)
        }
    }

    @Test func itsTextIsReadBack() {
        for kind in DeadlineKind.allCases {
            for step in Reminder.Step.allCases {
                let reminder = Reminder(kind: kind, due: SampleCase.start, step: step)
                #expect(Reminder(reminder.description) == reminder)
            }
        }
        for text in ["", "close", "close:1", "close:x:missed", "close:1:never", "close:1:missed:2"] {
            #expect(Reminder(text) == nil)
        }
    }
}
