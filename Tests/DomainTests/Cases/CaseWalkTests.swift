import Testing

@testable import Domain

/// Random actions, one after the other: whatever happens, no link of the chain may drop the case (R4.2). The seed makes
/// each walk the same every time.
@Suite struct CaseWalkTests {
    @Test(arguments: 1...60 as ClosedRange<UInt64>) func noWalkBreaksTheChain(seed: UInt64) {
        var walk = Walk(seed: seed)
        for _ in 0..<70 { walk.step() }
        #expect(walk.done > 20)
    }
}

private struct Walk {
    var random: SplitMix
    var subject: Case
    var measures: [Measure] = []
    var now = SampleCase.start
    /// Where a case that is put aside must come back to, as a second book-keeping beside the rules.
    var expectedBefore: CaseState?
    var done = 0

    init(seed: UInt64) {
        random = SplitMix(state: seed)
        subject = SampleCase.make(isPassedOn: seed.isMultiple(of: 2))
    }

    mutating func step() {
        now = now.adding(hours: Int.random(in: 0...30, using: &random))
        let action = CaseAction.allCases.randomElement(using: &random) ?? .note
        let (before, measuresBefore) = (subject, measures)
        do throws(CaseRefusal) {
            let event = try perform(action)
            done += 1
            #expect(subject.version == before.version + 1, "\(action)")
            #expect(event.state == subject.state, "\(action)")
            expectTransition(action, from: before)
        } catch {
            #expect(subject == before && measures == measuresBefore, "\(action) was refused and yet changed something")
        }
        expectWhole(action)
    }

    private mutating func perform(_ action: CaseAction) throws(CaseRefusal) -> CaseEvent {
        let calendar = SampleCase.calendar
        let unit =
            [SampleCase.centre, SampleCase.roads, SampleCase.water].randomElement(using: &random) ?? subject.unit
        let user = [SampleCase.kari, SampleCase.per].randomElement(using: &random)
        switch action {
        case .passOn: return try subject.passOn(to: unit, handler: user, note: nil, calendar: calendar, at: now)
        case .acknowledge: return try subject.acknowledge(by: user, calendar: calendar, at: now)
        case .assign: return try subject.assign(SampleCase.per, at: now)
        case .recode:
            let isConfidential = Int.random(in: 0..<10, using: &random) == 0
            return try subject.recode(
                to: SampleCase.leak, unit: unit, adding: Marks(isConfidential: isConfidential),
                goesDirectly: Bool.random(using: &random), note: nil, calendar: calendar, at: now)
        case .giveFeedback: return try subject.giveFeedback("x", told: told(), at: now)
        case .tell:
            let step = Case.Step.allCases.randomElement(using: &random) ?? .feedback
            return try subject.tell(Telling(.visit, at: now), nil, heard: (step, told()), at: now)
        case .note: return try subject.note("x")
        case .park:
            let until = now.adding(hours: Int.random(in: -5...50, using: &random))
            return try subject.park(until: until, reason: "x", calendar: calendar, at: now)
        case .unpark: return try subject.unpark()
        case .awaitCitizen: return try subject.awaitCitizen("x", told: told(), calendar: calendar, at: now)
        case .resume: return try subject.resume(note: nil, calendar: calendar, at: now)
        case .addMeasure:
            var measure = SampleCase.measure(isDone: Bool.random(using: &random), number: measures.count)
            measure.dueAt = now.adding(hours: Int.random(in: -5...90, using: &random))
            let event = try subject.add(measure, to: measures)
            measures.append(measure)
            return event
        case .finishMeasure:
            var measure = measures.popLast() ?? SampleCase.measure(isDone: false)
            defer { measures.append(measure) }
            return try subject.finish(&measure, of: measures + [measure], at: now)
        case .linkDeviation: return try subject.linkDeviation("x")
        case .markAcute:
            return try subject.markAcute(
                Bool.random(using: &random), reason: nil, calendar: calendar, at: now)
        case .join:
            let isAcute = Int.random(in: 0..<4, using: &random) == 0
            return try subject.join(ID(7), adding: Marks(isAcute: isAcute), calendar: calendar, at: now)
        case .correctContact: return try subject.correctContact(ID(7))
        case .passToContractor:
            return try subject.passOn(
                to: ID(31), unit: Bool.random(using: &random) ? unit : nil, note: nil, calendar: calendar, at: now)
        case .askHandler: return try subject.ask("x", at: now)
        case .tellContractor: return try subject.tellContractor("x")
        case .linkContractor: return try subject.renewContractorLink()
        case .reportDone:
            let measure = SampleCase.measure(number: measures.count)
            let event = try subject.reportDone(measure, calendar: calendar, at: now)
            measures.append(measure)
            return event
        case .handBack: return try subject.handBack(reason: "x", calendar: calendar, at: now)
        case .close:
            // Three times in four not yet, so that walks get somewhere.
            guard Int.random(in: 0..<4, using: &random) == 0 else { return try subject.note("x") }
            return try subject.close(closure(), measures: measures, told: told(), by: user, at: now)
        case .reopen: return try subject.reopen(reason: "x", at: now)
        }
    }

    private mutating func told() -> Told {
        [.told(at: now), .told(at: now), .pending, .nobody].randomElement(using: &random) ?? .pending
    }

    private mutating func closure() -> Closure {
        Closure(
            answer: Bool.random(using: &random) ? "Done" : " ",
            outcome: Outcome.allCases.randomElement(using: &random) ?? .noAction,
            reason: Bool.random(using: &random) ? "x" : nil, authority: Bool.random(using: &random) ? "x" : nil)
    }

    /// What is put aside comes back to where it was, however long the way.
    private mutating func expectTransition(_ action: CaseAction, from before: Case) {
        let isAside = subject.state == .parked || subject.state == .awaitingCitizen
        let wasAside = before.state == .parked || before.state == .awaitingCitizen
        if isAside && !wasAside { expectedBefore = before.state }
        // Who is named while it is put aside has it afterwards.
        if isAside && wasAside && action == .assign && expectedBefore == .new { expectedBefore = .passedOn }
        if action == .unpark || action == .resume { #expect(subject.state == expectedBefore) }
        if !isAside { expectedBefore = nil }
        #expect(subject.stateBefore == expectedBefore)
        if subject.state == .closed, before.state != .closed {
            #expect(subject.closure?.missing(given: measures.filter(subject.counts)) == [])
        }
        if action != .reopen { #expect(subject.pausedWorkingDays >= before.pausedWorkingDays) }
    }

    /// What holds for every case at every moment: the constraints of the table, and the chain.
    private func expectWhole(_ action: CaseAction) {
        let state = subject.state
        let isDone = state == .closed && subject.untoldSince == nil && subject.measuresDue.isEmpty
        #expect(
            (subject.nextDue == nil) == isDone, "\(action): a case has a deadline as long as something is left to do")
        #expect(subject.measuresDue == Set(measures.filter { $0.doneAt == nil }.compactMap(\.dueAt)).sorted())
        #expect(subject.askedAt == nil || state == .awaitingCitizen, "\(action): no clock stands still for nobody")
        #expect(subject.settledAt == nil || (subject.untoldSince == nil && subject.feedbackAt == nil), "\(action)")
        #expect((subject.closedAt != nil) == (state == .closed) && (subject.closure != nil) == (state == .closed))
        #expect((subject.parkedUntil != nil) == (state == .parked))
        #expect((subject.waitingSince != nil) == (state == .awaitingCitizen))
        #expect((subject.stateBefore != nil) == (state == .parked || state == .awaitingCitizen))
        #expect(subject.stateBefore.map { [.new, .passedOn, .underway].contains($0) } ?? true)
        let settled = subject.stateBefore ?? state
        #expect(settled != .new || subject.handler == nil, "\(action): nobody has a new case")
        #expect((settled == .underway || settled == .closed) == (subject.acknowledgedAt != nil), "\(action) \(settled)")
        #expect(subject.contractor == nil || (settled != .new && settled != .closed), "\(action): only what is open")
        #expect(subject.contractor == nil || !subject.isConfidential)
        #expect(subject.clocksFrom <= now && subject.passedAt <= now && subject.pausedWorkingDays >= 0)
    }
}

/// SplitMix64: the same numbers from the same seed, everywhere.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
