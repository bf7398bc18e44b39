import Testing

@testable import Domain

/// What passing on, recoding and naming a performer do to the case.
@Suite struct RoutingRulesTests {
    typealias Sample = SampleCase
    private let calendar = SampleCase.calendar
    private let later = SampleCase.after(days: 1)

    @Test func passingOnAsksForANewAcknowledgement() throws {
        var subject = try Sample.make(.underway)
        let event = try subject.passOn(
            to: Sample.water, handler: Sample.per, note: "Yours", calendar: calendar, at: later)
        #expect(subject.state == .passedOn && subject.unit == Sample.water && subject.handler == Sample.per)
        #expect(subject.acknowledgedAt == nil && subject.passedAt == later && subject.clocksFrom == Sample.start)
        #expect(event.fact == .routed(.init(unit: Sample.water, handler: Sample.per, note: "Yours")))
        // From today on, not from when the citizen wrote.
        #expect(
            subject.nextDue
                == Deadline(kind: .acknowledge, at: Sample.targets.acknowledge.due(after: later, in: calendar)))
        _ = try subject.acknowledge(by: Sample.kari, calendar: calendar, at: later)
        #expect(subject.handler == Sample.kari)
    }

    @Test func recodingWithinTheUnitChangesNothingElse() throws {
        var subject = try Sample.make(.underway)
        let event = try subject.recode(
            to: Sample.leak, unit: Sample.roads, note: nil, calendar: calendar, at: later)
        #expect(subject.state == .underway && subject.handler == Sample.kari && subject.category == Sample.leak)
        let recoded = CaseFact.Recoded(category: Sample.leak, categoryBefore: Sample.light, unit: Sample.roads)
        #expect(event.fact == .recoded(recoded))
    }

    @Test func recodingToAnotherUnitPassesItOn() throws {
        for state in CaseState.allCases where state.isOpen && state != .new {
            var subject = try Sample.make(state)
            _ = try subject.recode(to: Sample.leak, unit: Sample.water, note: nil, calendar: calendar, at: later)
            #expect(subject.state == .passedOn && subject.handler == nil && subject.acknowledgedAt == nil)
            #expect(subject.unit == Sample.water && subject.passedAt == later)
        }
        // What nobody has is still the contact centre's to look at.
        var new = Sample.make()
        _ = try new.recode(to: Sample.leak, unit: Sample.water, note: nil, calendar: calendar, at: later)
        #expect(new.state == .new && new.unit == Sample.water && new.passedAt == Sample.start)
    }

    @Test func whatBecomesConfidentialIsPassedOnAndStaysSo() throws {
        for state in CaseState.allCases where state.isOpen {
            var subject = try Sample.make(state)
            let unit = subject.unit
            _ = try subject.recode(
                to: Sample.leak, unit: unit, adding: Marks(isConfidential: true), note: nil, calendar: calendar,
                at: later)
            #expect(subject.isConfidential && subject.state == .passedOn && subject.handler == nil)
            _ = try subject.recode(to: Sample.light, unit: unit, note: nil, calendar: calendar, at: later)
            #expect(subject.isConfidential)
        }
    }

    @Test func namingAPerformerPassesANewCaseOn() throws {
        var subject = Sample.make()
        let event = try subject.assign(Sample.per, at: later)
        #expect(subject.state == .passedOn && subject.handler == Sample.per && subject.passedAt == later)
        #expect(event.state == .passedOn && event.fact == .performerChanged(.init(handler: Sample.per)))
        var underway = try Sample.make(.underway)
        _ = try underway.assign(Sample.per, at: later)
        #expect(underway.state == .underway && underway.handler == Sample.per && underway.acknowledgedAt != nil)
    }
}
