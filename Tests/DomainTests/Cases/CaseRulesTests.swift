import Testing

@testable import Domain

/// What each rule does to the case, and what it writes into the history.
@Suite struct CaseRulesTests {
    typealias Sample = SampleCase
    private let calendar = SampleCase.calendar
    private let later = SampleCase.after(days: 1)

    @Test func aCaseBeginsNewOrPassedOn() {
        let new = Sample.make()
        #expect(new.state == .new && new.version == 1 && new.handler == nil)
        #expect(new.clocksFrom == Sample.start && new.passedAt == Sample.start)
        #expect(new.nextDue?.kind == .acknowledge)
        #expect(Sample.make(isPassedOn: true).state == .passedOn)
        let event = new.opened(by: ID(5))
        let opened = CaseFact.Opened(contact: ID(5), unit: Sample.centre, category: Sample.light)
        #expect(event.state == .new && event.fact == .opened(opened))
    }

    @Test func whoAcknowledgesIsThePerformer() throws {
        var subject = Sample.make(isPassedOn: true)
        let event = try subject.acknowledge(by: Sample.kari, calendar: calendar, at: later)
        #expect(subject.state == .underway && subject.handler == Sample.kari && subject.acknowledgedAt == later)
        #expect(event.state == .underway && event.fact == .acknowledged(.init(handler: Sample.kari)))
        #expect(throws: CaseRefusal.alreadyAcknowledged) {
            try subject.acknowledge(by: Sample.per, calendar: calendar, at: later)
        }
        #expect(subject.handler == Sample.kari && subject.version == 2)
        #expect(subject.nextDue?.kind == .feedback)
    }

    @Test func acknowledgingWithoutANameKeepsTheOneWhoWasNamed() throws {
        var subject = Sample.make()
        _ = try subject.assign(Sample.per, at: later)
        let event = try subject.acknowledge(by: nil, calendar: calendar, at: later)
        #expect(subject.handler == Sample.per && event.fact.handler == Sample.per)
    }

    @Test func aPerformerNamedWhileItIsPutAsideStillHasItAfterwards() throws {
        var subject = Sample.make()
        _ = try subject.park(until: later, reason: "later", calendar: calendar, at: Sample.start)
        _ = try subject.assign(Sample.per, at: Sample.after(hours: 2))
        #expect(subject.state == .parked)
        _ = try subject.unpark()
        #expect(subject.state == .passedOn && subject.handler == Sample.per)
        #expect(subject.passedAt == Sample.after(hours: 2))
    }

    @Test func parkingHoldsUntilThePromisedTime() throws {
        var subject = try Sample.make(.underway)
        #expect(throws: CaseRefusal.untilPassed) {
            try subject.park(until: later, reason: "", calendar: calendar, at: later)
        }
        let until = Sample.after(days: 4)
        let event = try subject.park(until: until, reason: "The parts come", calendar: calendar, at: later)
        #expect(subject.state == .parked && subject.parkedUntil == until && subject.stateBefore == .underway)
        #expect(event.fact == .parked(.init(until: until, reason: "The parts come")))
        #expect(subject.nextDue == Deadline(kind: .parking, at: until))
        _ = try subject.park(until: Sample.after(days: 6), reason: "Again", calendar: calendar, at: later)
        #expect(subject.parkedUntil == Sample.after(days: 6) && subject.stateBefore == .underway)
        #expect(try subject.unpark().kind == .unparked)
        #expect(subject.state == .underway && subject.parkedUntil == nil && subject.stateBefore == nil)
    }

    @Test(arguments: FirstAnswer.allCases) func aQuestionAnswersNoComplaint(measuredBy answer: FirstAnswer) throws {
        var subject = try Sample.make(.underway)
        subject.firstAnswer = answer
        _ = try subject.awaitCitizen("Which lamp?", calendar: calendar, at: Sample.after(hours: 2))
        #expect((subject.feedbackAt != nil) == (answer == .feedback))
        #expect(subject.nextDue?.kind == .awaitingCitizen)
        _ = try subject.resume(note: nil, calendar: calendar, at: Sample.after(days: 1))
        #expect(subject.nextDue?.kind == (answer == .feedback ? .close : answer.deadlineKind))
    }

    @Test func waitingForTheCitizenStopsTheClocks() throws {
        var subject = try Sample.make(.underway)
        let closing = Sample.targets.close
        // Tuesday to Friday: three working days.
        let event = try subject.awaitCitizen("Which lamp?", calendar: calendar, at: later)
        #expect(event.fact == .waiting(.init(message: "Which lamp?")))
        #expect(subject.state == .awaitingCitizen && subject.waitingSince == later && subject.feedbackAt == later)
        #expect(subject.nextDue?.kind == .awaitingCitizen)
        let back = Sample.after(days: 4)
        #expect(try subject.resume(note: "The third", calendar: calendar, at: back).fact.writing == "The third")
        #expect(subject.state == .underway && subject.waitingSince == nil && subject.pausedWorkingDays == 3)
        #expect(
            subject.nextDue == Deadline(kind: .close, at: closing.due(after: Sample.start, in: calendar, paused: 3)))
    }

    @Test func howeverTheWaitingEndsItsDaysCount() throws {
        let back = Sample.after(days: 4)
        let ends: [(String, (inout Case) throws -> CaseEvent)] = [
            ("resume", { try $0.resume(note: nil, calendar: SampleCase.calendar, at: back) }),
            (
                "park",
                { try $0.park(until: Sample.after(days: 9), reason: "", calendar: SampleCase.calendar, at: back) }
            ),
            (
                "passOn",
                { try $0.passOn(to: Sample.water, handler: nil, note: nil, calendar: SampleCase.calendar, at: back) }
            ),
            (
                "recode",
                {
                    try $0.recode(
                        to: Sample.leak, unit: Sample.water, note: nil, calendar: SampleCase.calendar, at: back)
                }
            ),
            ("acknowledge", { try $0.acknowledge(by: Sample.per, calendar: SampleCase.calendar, at: back) }),
            ("awaitCitizen", { try $0.awaitCitizen("And?", calendar: SampleCase.calendar, at: back) }),
        ]
        for (name, end) in ends {
            var subject = Sample.make(isPassedOn: true)
            _ = try subject.awaitCitizen("Which?", calendar: calendar, at: later)
            _ = try end(&subject)
            #expect(subject.pausedWorkingDays == 3, "\(name)")
        }
    }

    @Test func feedbackIsAMarkAndNoState() throws {
        for state in CaseState.allCases where state.isOpen {
            var subject = try Sample.make(state)
            let event = try subject.giveFeedback("We look into it", at: later)
            #expect(subject.state == state && subject.feedbackAt == later)
            #expect(event.fact == .feedbackGiven(.init(message: "We look into it")))
        }
    }

    @Test func notesDeviationsAndMoreContactsReachAClosedCaseToo() throws {
        for state in CaseState.allCases {
            var subject = try Sample.make(state)
            let before = subject.version
            #expect(try subject.note("Rang").fact == .noted(.init(note: "Rang")))
            #expect(try subject.linkDeviation("Q-17").fact == .deviationLinked(.init(reference: "Q-17")))
            #expect(try subject.join(ID(6), calendar: calendar, at: later).fact == .joined(.init(contact: ID(6))))
            #expect(subject.state == state && subject.deviation == "Q-17" && subject.version == before + 3)
        }
    }

    @Test func measuresAreToldInTheHistory() throws {
        var subject = try Sample.make(.underway)
        var measure = Measure(id: ID(9), kind: .preventive, what: "Check", who: "Per", dueAt: Sample.after(days: 9))
        let added = try subject.add(measure)
        let told = CaseFact.MeasureTold(
            measure: ID(9), kind: .preventive, what: "Check", who: "Per", until: Sample.after(days: 9))
        #expect(added.fact == .measureAdded(told))
        let done = try subject.finish(&measure, at: later)
        #expect(done.kind == .measureDone && done.fact.measure?.until == later && measure.doneAt == later)
        #expect(throws: CaseRefusal.measureAlreadyDone) { try subject.finish(&measure, at: later) }
        var closed = try Sample.make(.closed)
        #expect(throws: CaseRefusal.closed) { try closed.add(measure) }
        measure.doneAt = nil
        #expect(try closed.finish(&measure, at: later).state == .closed)
    }

    @Test func closingAnswersTheCitizen() throws {
        for state in CaseState.allCases where state.isOpen {
            var subject = try Sample.make(state)
            let had = subject.handler
            let event = try subject.close(Sample.refused, measures: [], by: Sample.per, at: later)
            #expect(subject.state == .closed && subject.closedAt == later && subject.closure == Sample.refused)
            #expect(subject.feedbackAt == later && subject.acknowledgedAt != nil && subject.nextDue == nil)
            #expect(subject.handler == had ?? Sample.per)
            #expect(subject.parkedUntil == nil && subject.waitingSince == nil && subject.stateBefore == nil)
            let closed = CaseFact.Closed(answer: "Not ours", outcome: .noAction, reason: "a private road")
            #expect(event.fact == .closed(closed) && event.state == .closed)
        }
        var closed = try Sample.make(.closed)
        #expect(throws: CaseRefusal.closed) {
            // Closed comes first, whatever else is missing.
            try closed.close(Closure(answer: "", outcome: .noAction), measures: [], by: nil, at: later)
        }
    }

    @Test func reopeningStartsTheClocksAnew() throws {
        var subject = try Sample.make(.awaitingCitizen)
        _ = try subject.resume(note: nil, calendar: calendar, at: Sample.after(days: 4))
        _ = try subject.close(Sample.refused, measures: [], by: Sample.kari, at: Sample.after(days: 5))
        let again = Sample.after(days: 30)
        let event = try subject.reopen(reason: "Still dark", at: again)
        #expect(event.fact == .reopened(.init(reason: "Still dark")) && event.state == .underway)
        #expect(subject.state == .underway && subject.closure == nil && subject.closedAt == nil)
        #expect(subject.feedbackAt == nil && subject.clocksFrom == again && subject.pausedWorkingDays == 0)
        #expect(
            subject.nextDue == Deadline(kind: .feedback, at: Sample.targets.feedback.due(after: again, in: calendar)))
        #expect(throws: CaseRefusal.notClosed) { try subject.reopen(reason: "", at: again) }
    }

    @Test func whatNobodyHadIsAcknowledgedWhenItIsReopened() throws {
        var subject = Sample.make(isPassedOn: true)
        _ = try subject.close(Sample.refused, measures: [], by: nil, at: later)
        let again = Sample.after(days: 30)
        let event = try subject.reopen(reason: "Still dark", at: again)
        #expect(subject.state == .passedOn && event.state == .passedOn && subject.passedAt == again)
        #expect(subject.nextDue?.kind == .acknowledge)
        _ = try subject.acknowledge(by: Sample.kari, calendar: calendar, at: again)
        #expect(subject.state == .underway && subject.handler == Sample.kari)
    }

    @Test func theReporterSeesTheStepsButNotTheInside() {
        let hidden: Set<CaseEvent.Kind> = [
            .joined, .contactCorrected, .reporterConfirmed, .updatesWanted, .updatesStopped, .performerChanged,
            .recoded, .unparked, .measureAdded, .measureDone, .told, .messageMissed, .messageArrived,
            .deviationLinked, .noted, .markedAcute, .reminded, .reminderWithdrawn, .contractorAsked, .contractorTold,
            .contractorDone, .contractorHandedBack, .contractorLinkSent, .contractorLinkWithdrawn, .wordAgreed,
        ]
        for kind in CaseEvent.Kind.allCases { #expect(kind.isPublic != hidden.contains(kind), "\(kind)") }
    }
}
