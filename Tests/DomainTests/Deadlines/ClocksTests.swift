import Foundation
import Testing

@testable import Domain

@Suite struct ClocksTests {
    let calendar = WorkingCalendar.standard(.sweden)
    let targets = ServiceTargets()

    private func at(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    @Test func theEarliestUnfulfilledDeadlineCounts() throws {
        // Monday 9 March 2026, an ordinary week
        var clocks = Clocks(startedAt: try at("2026-03-09T09:00:00Z"))
        #expect(clocks.nextDue(targets, calendar) == Deadline(kind: .acknowledge, at: try at("2026-03-10T14:30:00Z")))
        clocks.acknowledgedAt = try at("2026-03-10T09:00:00Z")
        #expect(clocks.nextDue(targets, calendar) == Deadline(kind: .feedback, at: try at("2026-03-12T14:30:00Z")))
        clocks.feedbackAt = try at("2026-03-12T09:00:00Z")
        // 20 working days with the clock change, Good Friday and Easter Monday in between
        #expect(clocks.nextDue(targets, calendar) == Deadline(kind: .close, at: try at("2026-04-08T13:30:00Z")))
        clocks.closedAt = try at("2026-03-20T09:00:00Z")
        #expect(clocks.nextDue(targets, calendar) == nil && clocks.running(targets, calendar).isEmpty)
    }

    @Test func thePeriodItCameInDecides() throws {
        // Friday 12 June 2026 is before the summer period, although the deadline lies within it
        var clocks = Clocks(startedAt: try at("2026-06-12T09:00:00Z"), acknowledgedAt: try at("2026-06-12T10:00:00Z"))
        #expect(clocks.nextDue(targets, calendar)?.at == (try at("2026-06-17T13:30:00Z")))
        clocks.startedAt = try at("2026-06-15T09:00:00Z")
        // five days: 16, 17, 18, 22, 23 June; 19 June is midsommarafton
        #expect(clocks.nextDue(targets, calendar)?.at == (try at("2026-06-23T13:30:00Z")))
        // Friday 14 August at 23:59 is in the period; Sunday 16 August is not
        clocks.startedAt = try at("2026-08-14T21:59:00Z")
        #expect(clocks.nextDue(targets, calendar)?.at == (try at("2026-08-21T13:30:00Z")))
        clocks.startedAt = try at("2026-08-16T09:00:00Z")
        #expect(clocks.nextDue(targets, calendar)?.at == (try at("2026-08-19T13:30:00Z")))
    }

    @Test(arguments: [
        (FirstAnswer.feedback, DeadlineKind.feedback, "2026-03-12T14:30:00Z"),
        (.callBack, .callBack, "2026-03-11T14:30:00Z"),
        (.complaintAnswer, .answer, "2026-03-16T14:30:00Z"),
    ])
    func eachKindOfFirstAnswerHasItsTarget(answer: FirstAnswer, kind: DeadlineKind, expected: String) throws {
        let start = try at("2026-03-09T09:00:00Z")
        let clocks = Clocks(firstAnswer: answer, startedAt: start, acknowledgedAt: start)
        #expect(clocks.nextDue(targets, calendar) == Deadline(kind: kind, at: try at(expected)))
    }

    @Test func parkingShowsThePromiseAndKeepsTheFirstAnswerRunning() throws {
        let start = try at("2026-03-09T09:00:00Z")
        let until = try at("2026-09-01T06:00:00Z")
        let clocks = Clocks(startedAt: start, acknowledgedAt: start, parkedUntil: until)
        #expect(clocks.nextDue(targets, calendar) == Deadline(kind: .parking, at: until))
        #expect(clocks.running(targets, calendar).map(\.kind) == [.feedback, .parking])
    }

    @Test func waitingForTheCitizenStopsTheClocks() throws {
        let start = try at("2026-03-09T09:00:00Z")
        var clocks = Clocks(
            startedAt: start, acknowledgedAt: start, awaitingCitizenSince: try at("2026-03-10T09:00:00Z"))
        let reminder = Deadline(kind: .awaitingCitizen, at: try at("2026-03-17T14:30:00Z"))
        #expect(clocks.running(targets, calendar) == [reminder])
        #expect(clocks.nextDue(targets, calendar) == reminder)
        // from Tuesday to Monday: four working days
        clocks.resume(at: try at("2026-03-16T09:00:00Z"), calendar)
        #expect(clocks.pausedWorkingDays == 4 && clocks.awaitingCitizenSince == nil)
        #expect(clocks.nextDue(targets, calendar) == Deadline(kind: .feedback, at: try at("2026-03-18T14:30:00Z")))
    }

    @Test func aNewReceiverHasItsOwnTimeToAcknowledge() throws {
        let clocks = Clocks(
            startedAt: try at("2026-03-09T09:00:00Z"), passedOnAt: try at("2026-03-11T09:00:00Z"),
            feedbackAt: try at("2026-03-10T09:00:00Z"))
        #expect(clocks.nextDue(targets, calendar) == Deadline(kind: .acknowledge, at: try at("2026-03-12T14:30:00Z")))
    }

    @Test func everyOpenCaseHasADeadlineAfterItsStart() throws {
        let start = try at("2026-12-23T22:30:00Z")
        for bits in 0..<32 {
            func set(_ bit: Int) -> Instant? { bits & (1 << bit) == 0 ? nil : start.adding(days: bit + 1) }
            let clocks = Clocks(
                startedAt: start, passedOnAt: set(0), acknowledgedAt: set(1), feedbackAt: set(2), parkedUntil: set(3),
                awaitingCitizenSince: set(4))
            let due = try #require(clocks.nextDue(targets, calendar))
            #expect(due.at > start)
            let running = clocks.running(targets, calendar)
            #expect(running == running.sorted { $0.at < $1.at } && running.contains(due))
        }
    }

    @Test func overridesChangeOnlyWhatTheyName() throws {
        let changed = targets.overridden(by: TargetOverride(feedback: 10, close: 60))
        #expect(changed.feedback == ServiceTarget(10) && changed.close == ServiceTarget(60))
        #expect(changed.acknowledge == targets.acknowledge)
        #expect(targets.overridden(by: TargetOverride(feedback: 2)).feedback == ServiceTarget(2, inHolidayPeriod: 5))
        let summer = TargetOverride(acknowledge: 2, feedbackInHolidayPeriod: 7)
        #expect(targets.overridden(by: summer).feedback == ServiceTarget(3, inHolidayPeriod: 7))
        #expect(targets.overridden(by: TargetOverride()) == targets)
        let stored = try JSONDecoder().decode(ServiceTargets.self, from: JSONEncoder().encode(changed))
        #expect(stored == changed)
    }

    @Test func aChannelMayHaveItsOwnTime() throws {
        var targets = targets
        targets.byChannel[.letter] = ServiceTarget(5)
        let clocks = Clocks(startedAt: try at("2026-03-09T09:00:00Z"), acknowledgedAt: try at("2026-03-09T10:00:00Z"))
        #expect(clocks.nextDue(targets.on(.letter), calendar)?.at == (try at("2026-03-16T14:30:00Z")))
        #expect(clocks.nextDue(targets.on(.telephone), calendar)?.at == (try at("2026-03-12T14:30:00Z")))
        #expect(targets.on(nil) == targets)
    }

    @Test func calendarAndTargetsComeBackAsTheyWereStored() throws {
        for country in Country.allCases {
            var calendar = WorkingCalendar.standard(country)
            let day = CivilDay(knownYear: 2026, month: 5, day: 15)
            calendar.closingDays = [day]
            calendar.halfDays = [day + 7: TimeOfDay(12, 0)]
            let stored = try JSONEncoder().encode(calendar)
            #expect(try JSONDecoder().decode(WorkingCalendar.self, from: stored) == calendar)
        }
        var targets = targets
        targets.byChannel[.email] = ServiceTarget(5, inHolidayPeriod: 7)
        #expect(try JSONDecoder().decode(ServiceTargets.self, from: JSONEncoder().encode(targets)) == targets)
        let closed = Data("[null,null,null,null,null,null,null]".utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(OfficeWeek.self, from: closed) }
    }
}
