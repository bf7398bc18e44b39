import Domain

@testable import App

/// A case's clocks as its history tells them, worked out apart from what is stored with the case.
struct ReplayedCase {
    private(set) var clocks: Clocks
    private(set) var state = CaseState.new
    private(set) var unit: ID<Unit>?
    private(set) var category: ID<Domain.Category>?
    private(set) var channel: Contact.Channel?
    private var passedAt: Instant
    /// When the first answer was settled because there was nobody to tell, as long as nobody has been told.
    private var settledAt: Instant?
    /// When all had heard of each answer, by the event.
    private var heard: [ID<CaseEvent>: Instant] = [:]
    private var heardAt: Instant? { heard.values.max() }
    private var steps: [ID<CaseEvent>: Case.Step] = [:]
    private var last: ID<CaseEvent>?
    private var measures: [ID<Measure>: Instant] = [:]

    init(opened event: CaseEvent, at: Instant, channel: Contact.Channel?, firstAnswer: FirstAnswer) {
        clocks = Clocks(firstAnswer: firstAnswer, startedAt: at)
        passedAt = at
        state = event.state ?? .new
        unit = event.fact.unit
        category = event.fact.category
        self.channel = channel
    }

    mutating func apply(_ line: YearSimulationTests.Line, at: Instant, _ calendar: WorkingCalendar) {
        let event = line.event
        let (fact, before) = (event.fact, state)
        state = event.state ?? state
        if clocks.awaitingCitizenSince != nil, state != .awaitingCitizen || event.kind == .waiting {
            clocks.resume(at: at, calendar)
        }
        if before == .awaitingCitizen, state != .awaitingCitizen || event.kind == .waiting { clocks.untoldSince = nil }
        if state != .parked { clocks.parkedUntil = nil }
        switch fact {
        case .routed: pass(at: at)
        case .recoded(let data):
            let isMoved =
                before == .new ? state == .passedOn : data.unit != unit || data.marks?.contains(.confidential) == true
            if isMoved { pass(at: at) }
            category = data.category
        case .contractorAsked: clocks.contractorAskedAt = clocks.contractorAskedAt ?? at
        case .contractorTold: clocks.contractorAskedAt = nil
        case .contractorHandedBack: pass(at: at)
        case .contractorDone:
            clocks.contractorAskedAt = nil
            clocks.acknowledgedAt = clocks.acknowledgedAt ?? at
            if state == .passedOn { pass(at: at) }
        case .acknowledged: clocks.acknowledgedAt = at
        case .feedbackGiven: begin(line, .feedback, at: at)
        case .told: if event.hearing?.told != .pending, let last { hear(event.hearing, last, at: at) }
        case .messageMissed(let data), .messageArrived(let data): end(data, event.hearing, at: at)
        case .measureAdded(let data): measures[data.measure] = data.until
        case .measureDone(let data): measures[data.measure] = nil
        case .parked(let data): clocks.parkedUntil = data.until
        case .waiting: begin(line, .question, at: at)
        case .closed:
            clocks.closedAt = at
            clocks.contractorAskedAt = nil
            begin(line, .closing, at: at)
            clocks.acknowledgedAt = clocks.acknowledgedAt ?? at
        case .reopened:
            clocks.startedAt = at
            clocks.closedAt = nil
            clocks.feedbackAt = nil
            clocks.untoldSince = nil
            settledAt = nil
            (heard, steps, last) = ([:], [:], nil)
            clocks.pausedWorkingDays = 0
            if state == .passedOn { pass(at: at) }
        default: break
        }
        // Somebody had it, and now nobody has: it became acute. It stays with its contractor, whose question stands.
        if state == .passedOn, clocks.acknowledgedAt != nil { waitForAcknowledgement(from: at) }
        clocks.measuresDue = Set(measures.values).sorted()
        unit = fact.unit ?? unit
        clocks.passedOnAt = passedAt > clocks.startedAt ? passedAt : nil
    }

    private mutating func begin(_ line: YearSimulationTests.Line, _ step: Case.Step, at: Instant) {
        steps[line.id] = step
        last = line.id
        hear(line.event.hearing, line.id, at: at)
    }

    /// What they heard of the last step, and when, as the event says.
    private mutating func hear(_ hearing: CaseEvent.Hearing?, _ id: ID<CaseEvent>, at: Instant) {
        guard let step = steps[id] else { return }
        clocks.untoldSince = hearing?.told == .pending ? clocks.untoldSince ?? at : nil
        switch hearing?.told {
        case .told:
            if step == .question, state == .awaitingCitizen, clocks.awaitingCitizenSince == nil {
                clocks.awaitingCitizenSince = at
            }
            count(hearing?.toldAt ?? at, id)
            if isAnswer(step) { settledAt = nil }
        case .nobody: if step != .question, heardAt == nil { settledAt = settledAt ?? at }
        case .pending: settledAt = nil
        case nil: count(at, id)
        }
        clocks.feedbackAt = heardAt ?? settledAt
    }

    /// A message did not arrive, or did after all.
    private mutating func end(_ data: CaseFact.Message, _ hearing: CaseEvent.Hearing?, at: Instant) {
        guard let hearing, let step = steps[data.about] else { return }
        heard[data.about] = nil
        if data.about == last, step != .question || state == .awaitingCitizen {
            if hearing.told == .pending, step == .question { clocks.awaitingCitizenSince = nil }
            hear(hearing, data.about, at: at)
        } else if hearing.told == .told {
            count(hearing.toldAt ?? at, data.about)
        }
        clocks.feedbackAt = heardAt ?? settledAt
    }

    private mutating func count(_ at: Instant, _ id: ID<CaseEvent>) {
        guard let step = steps[id], isAnswer(step) else { return }
        heard[id] = max(clocks.startedAt, at)
    }

    private func isAnswer(_ step: Case.Step) -> Bool { step != .question || clocks.firstAnswer == .feedback }

    private mutating func pass(at: Instant) {
        waitForAcknowledgement(from: at)
        clocks.contractorAskedAt = nil
    }

    private mutating func waitForAcknowledgement(from at: Instant) {
        passedAt = at
        clocks.acknowledgedAt = nil
    }
}

extension ReplayedCase {
    /// What counts as said when the rules change: a step that was said of a deadline counts for where it lies now, if the
    /// time for it has come there too.
    func moved(
        _ said: Set<Reminder>, from old: SimulatedYear.Rules, to new: SimulatedYear.Rules
    ) -> [Reminder] {
        let before = clocks.running(old.targets.on(channel), old.calendar)
        return clocks.running(new.targets.on(channel), new.calendar).flatMap { deadline -> [Reminder] in
            guard deadline.kind != .measure else { return [] }
            guard let moved = before.first(where: { $0.kind == deadline.kind }) else { return [] }
            return said.filter { $0.kind == moved.kind && $0.due == moved.at }
                .map { Reminder(kind: deadline.kind, due: deadline.at, step: $0.step) }
                .filter { $0.at(new.targets, new.calendar) <= new.since }
        }
    }
}
