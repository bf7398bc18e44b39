import Foundation

/// What must be followed until the citizen has an answer.
public struct Case: Sendable, Hashable {
    public let id: ID<Case>
    public let number: CaseNumber
    public let createdAt: Instant

    public var title: String
    public var category: ID<Category>?
    /// A case always lies with a unit; what no category routes lies with the contact centre.
    public var unit: ID<Unit>
    /// The responsible handler (R3.6): whom it was passed to, else the one who took it.
    public var handler: ID<User>?
    /// Who works on it outside the municipality, while they do.
    public var contractor: ID<Contractor>?
    /// When they asked something that nobody has answered.
    public var contractorAskedAt: Instant?
    public var state: CaseState
    /// The state to come back to from `parked` and `awaitingCitizen`.
    public var stateBefore: CaseState?

    public var isAcute: Bool
    public var isConfidential: Bool
    /// The law says that it must be answered (R1.7).
    public var mustBeAnswered: Bool
    public var place: Place?

    /// Where the clocks of feedback and closing start: registration, or the last reopening.
    public var clocksFrom: Instant
    /// Where the clock of acknowledgement starts: registration, or when it was last passed on.
    public var passedAt: Instant
    public var acknowledgedAt: Instant?
    /// When the citizen last heard from us about the matter itself, since `clocksFrom`: all who reported it.
    public var feedbackAt: Instant?
    /// When the first answer was written and there was nobody to tell (R6.7): none is owed any more, and none was given.
    public var settledAt: Instant?
    /// Since when somebody has to be told of the last step, and has not been.
    public var untoldSince: Instant?
    public var parkedUntil: Instant?
    public var waitingSince: Instant?
    /// When the citizen heard what we wait for: from then on the clocks stand still.
    public var askedAt: Instant?
    /// Working days spent waiting for the citizen since `clocksFrom`; the clocks stood still meanwhile.
    public var pausedWorkingDays = 0

    /// What the first answer is measured by.
    public var firstAnswer = FirstAnswer.feedback
    /// On which it came in; nil for what was imported without.
    public var channel: Contact.Channel?
    /// The days by which measures that are not done are to be done, each once, in order (R5.8).
    public var measuresDue: [Instant] = []
    /// The reminders that have been made since `clocksFrom`: a clock that stood still comes back with the same ones.
    public var reminded: Set<Reminder> = []

    public var closedAt: Instant?
    public var closure: Closure?
    /// Reference in the quality system, when the receiver decides that it is a deviation (R5.3).
    public var deviation: String?
    /// When who reported it was erased, and when everything was.
    public var peopleErasure: ID<Erasure>?
    public var wordsErasure: ID<Erasure>?
    /// Rises with each change; a change made from an older version is refused.
    public var version: Int

    public init(
        id: ID<Case>, number: CaseNumber, createdAt: Instant, title: String, category: ID<Category>?, unit: ID<Unit>,
        isPassedOn: Bool = false, isAcute: Bool = false, isConfidential: Bool = false,
        mustBeAnswered: Bool = false, place: Place? = nil
    ) {
        self.id = id
        self.number = number
        self.createdAt = createdAt
        self.title = title
        self.category = category
        self.unit = unit
        self.state = isPassedOn ? .passedOn : .new
        self.isAcute = isAcute
        self.isConfidential = isConfidential
        self.mustBeAnswered = mustBeAnswered
        self.place = place
        self.clocksFrom = createdAt
        self.passedAt = createdAt
        self.version = 1
    }
}

extension Case {
    /// What the deadlines depend on.
    public var clocks: Clocks {
        Clocks(
            firstAnswer: firstAnswer, startedAt: clocksFrom, passedOnAt: passedAt > clocksFrom ? passedAt : nil,
            acknowledgedAt: acknowledgedAt,
            feedbackAt: feedbackAt ?? settledAt, closedAt: closedAt, parkedUntil: parkedUntil,
            awaitingCitizenSince: askedAt, pausedWorkingDays: pausedWorkingDays,
            contractorAskedAt: contractor == nil ? nil : contractorAskedAt, untoldSince: untoldSince,
            measuresDue: measuresDue)
    }

    /// Nothing is done about it any more: a new case is opened instead.
    public var isErased: Bool { peopleErasure != nil || wordsErasure != nil }

    /// Nobody has passed it on yet, put aside or not: its unit is only where the category points to.
    public var isUndistributed: Bool { (stateBefore ?? state) == .new }

    /// Moves along the transition table, or refuses.
    mutating func step(_ action: CaseAction) throws(CaseRefusal) {
        switch state.transition(on: action) {
        case .refused(let refusal): throw refusal
        case .stay: break
        case .back: leaveAside(for: stateBefore ?? .underway)
        case .to(let next) where next == .parked || next == .awaitingCitizen:
            if state != .parked && state != .awaitingCitizen { stateBefore = state }
            // A question that is not waited for any more need not be asked.
            if waitingSince != nil { untoldSince = nil }
            parkedUntil = nil
            waitingSince = nil
            askedAt = nil
            state = next
        case .to(let next): leaveAside(for: next)
        }
        version += 1
    }

    /// As `step`, for what may end the waiting for the citizen: the working days that the clocks stood still count.
    mutating func step(
        _ action: CaseAction, at now: Instant, in calendar: WorkingCalendar
    ) throws(CaseRefusal) {
        var clocks = clocks
        try step(action)
        guard clocks.awaitingCitizenSince != nil else { return }
        clocks.resume(at: now, calendar)
        pausedWorkingDays = clocks.pausedWorkingDays
    }

    private mutating func leaveAside(for next: CaseState) {
        if waitingSince != nil { untoldSince = nil }
        state = next
        stateBefore = nil
        parkedUntil = nil
        waitingSince = nil
        askedAt = nil
    }
}
