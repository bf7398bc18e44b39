import Testing

@testable import Domain

/// A case with a contractor goes its way and always comes back (R4.1).
@Suite struct ContractingTests {
    static let contractor = ID<Contractor>(31)
    let calendar = SampleCase.calendar

    private func contracted(handler: ID<User>? = SampleCase.kari, in state: CaseState = .underway) throws -> Case {
        var made = try SampleCase.make(state)
        made.handler = handler
        _ = try made.passOn(
            to: Self.contractor, note: "Lamp 7", calendar: calendar, at: SampleCase.after(hours: 3))
        return made
    }

    private let measure = Measure(
        id: ID(200), kind: .corrective, what: "New lamp", who: "Lys AS", doneAt: SampleCase.after(days: 1))

    @Test(arguments: CaseState.allCases.filter { $0 != .closed })
    func whoeverHasItMayPassItToAContractor(state: CaseState) throws {
        var made = try SampleCase.make(state)
        made.handler = SampleCase.kari
        let (unit, feedback) = (made.unit, made.feedbackAt)
        let event = try made.passOn(
            to: Self.contractor, note: "Lamp 7", calendar: calendar, at: SampleCase.after(hours: 3))
        #expect(made.state == .passedOn && made.contractor == Self.contractor)
        #expect(made.unit == unit && made.handler == SampleCase.kari, "they stay responsible")
        #expect(made.acknowledgedAt == nil && made.passedAt == SampleCase.after(hours: 3))
        #expect(made.feedbackAt == feedback && made.clocksFrom == SampleCase.start, "the citizen's clocks go on")
        #expect(made.nextDue != nil)
        #expect(event.kind == .routed && event.fact.contractor == Self.contractor && event.fact.writing == "Lamp 7")
    }

    @Test func aConfidentialOneStaysInside() throws {
        var made = SampleCase.make(isPassedOn: true)
        made.isConfidential = true
        let before = made
        #expect(throws: CaseRefusal.contractorConfidential) {
            try made.passOn(to: Self.contractor, note: nil, calendar: calendar, at: SampleCase.start)
        }
        #expect(made == before)
        #expect(CaseRefusal.contractorConfidential.isAboutInput)
    }

    @Test func anotherUnitTakesItsPerformerAway() throws {
        var made = try SampleCase.make(.underway)
        _ = try made.passOn(
            to: Self.contractor, unit: SampleCase.water, note: nil, calendar: calendar, at: SampleCase.start)
        #expect(made.unit == SampleCase.water && made.handler == nil)
        _ = try made.passOn(
            to: Self.contractor, unit: SampleCase.roads, handler: SampleCase.per, note: nil, calendar: calendar,
            at: SampleCase.start)
        #expect(made.unit == SampleCase.roads && made.handler == SampleCase.per)
    }

    @Test func acknowledgingLeavesThePerformerResponsible() throws {
        var made = try contracted()
        let event = try made.acknowledgeAsContractor(calendar: calendar, at: SampleCase.after(hours: 4))
        #expect(made.state == .underway && made.handler == SampleCase.kari && made.contractor == Self.contractor)
        #expect(event.fact == .acknowledged(.init(contractor: Self.contractor)))
        #expect(throws: CaseRefusal.alreadyAcknowledged) {
            try made.acknowledgeAsContractor(calendar: calendar, at: SampleCase.after(hours: 5))
        }
        // A colleague who does it on the telephone for them does not become the performer either.
        var told = try contracted()
        _ = try told.acknowledge(by: SampleCase.per, calendar: calendar, at: SampleCase.after(hours: 4))
        #expect(told.handler == SampleCase.kari && told.contractor == Self.contractor)
    }

    @Test func askingAndTellingMoveNothing() throws {
        var made = try contracted()
        let due = made.nextDue
        #expect(try made.ask("Which lamp?", at: SampleCase.after(hours: 4)).fact.writing == "Which lamp?")
        #expect(try made.tellContractor("The left one").kind == .contractorTold)
        #expect(try made.renewContractorLink().fact.contractor == Self.contractor)
        #expect(try made.withdrawContractorLink().fact.contractor == Self.contractor)
        #expect(made.state == .passedOn && made.nextDue == due && made.feedbackAt == nil)
    }

    /// Who is asked must answer as soon as a receiver must acknowledge.
    @Test func aQuestionIsWatchedUntilItIsAnswered() throws {
        var made = try contracted()
        func question() -> Deadline? {
            made.clocks.running(SampleCase.targets, calendar).first { $0.kind == .contractorQuestion }
        }
        let asked = SampleCase.after(hours: 28)
        _ = try made.ask("Which lamp?", at: asked)
        // A second question does not make the first one younger.
        _ = try made.ask("Hello?", at: SampleCase.after(days: 4))
        #expect(question()?.at == SampleCase.targets.acknowledge.due(after: asked, in: calendar))
        _ = try made.tellContractor("The left one")
        #expect(question() == nil)
        _ = try made.ask("And the bulb?", at: SampleCase.after(days: 5))
        // They wait for us also while we wait for the citizen.
        var waiting = made
        _ = try waiting.awaitCitizen("Which bulb?", calendar: calendar, at: SampleCase.after(days: 5))
        #expect(waiting.clocks.running(SampleCase.targets, calendar).map(\.kind).contains(.contractorQuestion))
        #expect(waiting.nextDue?.kind == .awaitingCitizen)
        let number = SampleCase.after(days: 6)
        _ = try made.handBack(reason: "not ours", calendar: calendar, at: number)
        #expect(question() == nil, "it goes with the contractor")
        _ = try made.passOn(to: Self.contractor, note: nil, calendar: calendar, at: number)
        #expect(question() == nil)
    }

    @Test func feedbackIsTheSameMarkAsAColleagues() throws {
        var made = try contracted()
        let event = try made.giveFeedbackAsContractor("We come on Friday", at: SampleCase.after(hours: 5))
        #expect(made.feedbackAt == SampleCase.after(hours: 5) && made.state == .passedOn)
        #expect(event.kind == .feedbackGiven && event.fact.contractor == Self.contractor)
    }

    @Test func whatIsDoneComesBackAndStaysOpen() throws {
        var made = try contracted()
        let event = try made.reportDone(measure, calendar: calendar, at: SampleCase.after(days: 1))
        #expect(made.state == .underway && made.contractor == nil && made.handler == SampleCase.kari)
        #expect(made.acknowledgedAt == SampleCase.after(days: 1))
        #expect(made.nextDue != nil && made.closedAt == nil && made.feedbackAt == nil)
        #expect(event.fact.measure == .init(measure))
        // The measure is enough to close with, and the citizen's answer is still missing.
        #expect(Closure(answer: "Done", outcome: .measuresTaken).missing(given: [measure]).isEmpty)
    }

    @Test func whatNobodyIsResponsibleForGoesToTheUnitAnew() throws {
        var made = try contracted(handler: nil, in: .passedOn)
        _ = try made.acknowledgeAsContractor(calendar: calendar, at: SampleCase.after(hours: 4))
        _ = try made.reportDone(measure, calendar: calendar, at: SampleCase.after(days: 1))
        #expect(made.state == .passedOn && made.acknowledgedAt == nil && made.passedAt == SampleCase.after(days: 1))
    }

    @Test func handingBackPutsItBeforeTheUnit() throws {
        var made = try contracted()
        _ = try made.acknowledgeAsContractor(calendar: calendar, at: SampleCase.after(hours: 4))
        let event = try made.handBack(reason: "No crane", calendar: calendar, at: SampleCase.after(hours: 6))
        #expect(made.state == .passedOn && made.contractor == nil && made.unit == SampleCase.roads)
        #expect(made.acknowledgedAt == nil && made.passedAt == SampleCase.after(hours: 6))
        #expect(event.fact.writing == "No crane" && event.fact.contractor == Self.contractor)
    }

    @Test func waitingForTheCitizenStillCountsWhenTheContractorIsDone() throws {
        var made = try contracted()
        _ = try made.awaitCitizen("Where?", calendar: calendar, at: SampleCase.after(hours: 4))
        #expect(made.contractor == Self.contractor)
        _ = try made.reportDone(measure, calendar: calendar, at: SampleCase.after(days: 2, hours: 4))
        #expect(made.state == .underway && made.waitingSince == nil && made.pausedWorkingDays == 2)
    }

    @Test func passingOnClosingAndSecrecyTakeItFromTheContractor() throws {
        var passed = try contracted()
        _ = try passed.passOn(
            to: SampleCase.water, handler: nil, note: nil, calendar: calendar, at: SampleCase.after(hours: 4))
        var closed = try contracted()
        _ = try closed.close(SampleCase.refused, measures: [], by: SampleCase.kari, at: SampleCase.after(hours: 4))
        var secret = try contracted()
        _ = try secret.join(
            ID(7), adding: Marks(isConfidential: true), calendar: calendar, at: SampleCase.after(hours: 4))
        #expect([passed, closed, secret].allSatisfy { $0.contractor == nil })
    }

    @Test func withoutAContractorNobodyActsAsOne() throws {
        let now = SampleCase.after(hours: 1)
        for state in CaseState.allCases {
            let made = try SampleCase.make(state)
            let refusal: CaseRefusal = state == .closed ? .closed : .notContracted
            func refuses(_ rule: (inout Case) throws -> CaseEvent) {
                var copy = made
                #expect(throws: refusal, "\(state)") { try rule(&copy) }
                #expect(copy == made, "\(state)")
            }
            refuses { try $0.acknowledgeAsContractor(calendar: calendar, at: now) }
            refuses { try $0.ask("x", at: now) }
            refuses { try $0.tellContractor("x") }
            refuses { try $0.giveFeedbackAsContractor("x", at: now) }
            refuses { try $0.reportDone(measure, calendar: calendar, at: now) }
            refuses { try $0.handBack(reason: "x", calendar: calendar, at: now) }
            refuses { try $0.renewContractorLink() }
            refuses { try $0.withdrawContractorLink() }
        }
    }
}
