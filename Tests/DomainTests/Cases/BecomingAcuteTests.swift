import Testing

@testable import Domain

/// What becomes acute has to be acknowledged anew, from then on (R1.10).
@Suite struct BecomingAcuteTests {
    private let calendar = SampleCase.calendar
    private let later = SampleCase.after(hours: 5)

    /// A second call, another category, or somebody's mark.
    enum Way: CaseIterable { case call, category, mark }

    private func becomeAcute(_ subject: inout Case, by way: Way) throws -> CaseEvent {
        let marks = Marks(isAcute: true)
        switch way {
        case .call: return try subject.join(ID(6), adding: marks, calendar: calendar, at: later)
        case .category:
            return try subject.recode(
                to: SampleCase.leak, unit: subject.unit, adding: marks, note: nil, calendar: calendar, at: later)
        case .mark: return try subject.markAcute(true, reason: nil, calendar: calendar, at: later)
        }
    }

    @Test(arguments: Way.allCases, [CaseState.new, .passedOn, .underway, .parked, .awaitingCitizen])
    func itComesToTheFront(_ way: Way, _ state: CaseState) throws {
        var subject = try SampleCase.make(state)
        let before = subject
        let event = try becomeAcute(&subject, by: way)
        #expect(subject.isUnacknowledgedAcute)
        #expect(subject.state == (state == .new ? .new : .passedOn) && event.state == subject.state)
        #expect(subject.stateBefore == nil && subject.parkedUntil == nil && subject.waitingSince == nil)
        #expect(subject.handler == before.handler && subject.unit == before.unit)
        // The clock of whoever has not acknowledged yet goes on.
        #expect(subject.passedAt == (before.acknowledgedAt == nil ? before.passedAt : later))
        #expect(!subject.isPassedOn(since: before), "it has not gone anywhere")
        #expect(subject.clocks.running(SampleCase.targets, calendar).contains { $0.kind == .acknowledge })
        _ = try subject.acknowledge(by: SampleCase.per, calendar: calendar, at: later)
        #expect(!subject.isUnacknowledgedAcute && subject.state == .underway)
    }

    @Test func whatWasPutAsideBeforeAnybodyHadItIsNewAgain() throws {
        var parked = SampleCase.make()
        _ = try parked.park(until: SampleCase.after(days: 3), reason: "later", calendar: calendar, at: later)
        _ = try parked.markAcute(true, reason: nil, calendar: calendar, at: later)
        #expect(parked.state == .new && parked.parkedUntil == nil)
        var waiting = SampleCase.make()
        _ = try waiting.awaitCitizen("Where?", calendar: calendar, at: later)
        _ = try waiting.markAcute(true, reason: nil, calendar: calendar, at: SampleCase.after(days: 3))
        #expect(waiting.state == .new && waiting.waitingSince == nil && waiting.pausedWorkingDays == 3)
    }

    @Test func theContractorKeepsItAndAcknowledgesAnew() throws {
        var subject = try SampleCase.make(.underway)
        _ = try subject.passOn(to: ID<Contractor>(31), note: nil, calendar: calendar, at: later)
        _ = try subject.acknowledgeAsContractor(calendar: calendar, at: later)
        _ = try subject.markAcute(true, reason: nil, calendar: calendar, at: later)
        #expect(subject.contractor == ID(31) && subject.handler == SampleCase.kari)
        _ = try subject.acknowledgeAsContractor(calendar: calendar, at: later)
        #expect(subject.state == .underway)
    }

    @Test func onlyWhatWasNotAcuteBecomesIt() throws {
        var subject = try SampleCase.make(.underway)
        _ = try subject.markAcute(true, reason: "Gas", calendar: calendar, at: later)
        _ = try subject.acknowledge(by: SampleCase.per, calendar: calendar, at: later)
        for way in Way.allCases { _ = try becomeAcute(&subject, by: way) }
        #expect(subject.state == .underway && subject.acknowledgedAt == later)
        let taken = try subject.markAcute(false, reason: nil, calendar: calendar, at: later)
        #expect(taken.fact == .markedAcute(.init(what: .notAcute)))
        #expect(!subject.isAcute && subject.state == .underway)
        var closed = try SampleCase.make(.closed)
        #expect(throws: CaseRefusal.closed) {
            try closed.markAcute(true, reason: nil, calendar: calendar, at: later)
        }
    }
}
