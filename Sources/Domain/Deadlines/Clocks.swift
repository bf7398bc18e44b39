/// What has happened to a case, as far as its deadlines depend on it. The deadlines themselves are worked out from it
/// anew each time, so that a changed calendar or target reaches every open case.
public struct Clocks: Hashable, Sendable {
    public var firstAnswer: FirstAnswer
    /// When the contact came in, or when the case was reopened: reopening starts every clock anew.
    public var startedAt: Instant
    /// When the present receiver got it; acknowledging is counted from then, so that nobody is late with what just
    /// arrived. The citizen's clocks go on from `startedAt`.
    public var passedOnAt: Instant?
    public var acknowledgedAt: Instant?
    public var feedbackAt: Instant?
    public var closedAt: Instant?
    /// The promised time, while parked.
    public var parkedUntil: Instant?
    /// Set while the citizen has been asked something and has not answered.
    public var awaitingCitizenSince: Instant?
    /// Working days spent waiting for the citizen before, since `startedAt`; the clocks stood still meanwhile.
    public var pausedWorkingDays: Int
    /// When the contractor who has the case asked something that nobody has answered.
    public var contractorAskedAt: Instant?
    /// Since when somebody has to be told of the last step, and has not been.
    public var untoldSince: Instant?
    /// The days of measures that are not done, in order.
    public var measuresDue: [Instant]

    public init(
        firstAnswer: FirstAnswer = .feedback, startedAt: Instant, passedOnAt: Instant? = nil,
        acknowledgedAt: Instant? = nil, feedbackAt: Instant? = nil, closedAt: Instant? = nil,
        parkedUntil: Instant? = nil, awaitingCitizenSince: Instant? = nil, pausedWorkingDays: Int = 0,
        contractorAskedAt: Instant? = nil, untoldSince: Instant? = nil, measuresDue: [Instant] = []
    ) {
        self.firstAnswer = firstAnswer
        self.startedAt = startedAt
        self.passedOnAt = passedOnAt
        self.acknowledgedAt = acknowledgedAt
        self.feedbackAt = feedbackAt
        self.closedAt = closedAt
        self.parkedUntil = parkedUntil
        self.awaitingCitizenSince = awaitingCitizenSince
        self.pausedWorkingDays = pausedWorkingDays
        self.contractorAskedAt = contractorAskedAt
        self.untoldSince = untoldSince
        self.measuresDue = measuresDue
    }

    /// The deadline that a work list shows. nil only when the case is closed, told of and nothing is left to do: an open
    /// case always has one (R4.2).
    ///
    /// While parked it is the promised time, while waiting for the citizen the reminder; else the earliest that runs.
    public func nextDue(_ targets: ServiceTargets, _ calendar: WorkingCalendar) -> Deadline? {
        running(targets, calendar).next
    }

    /// Every deadline that runs and is not fulfilled, the earliest first.
    ///
    /// Parking stops none of them except the closing: a case that is put aside still owes the citizen a first answer.
    /// Waiting for the citizen stops them all, except that a contractor who has asked something waits for us. A measure
    /// has its own day, whatever else happens; a closed case has that one, and the telling.
    public func running(_ targets: ServiceTargets, _ calendar: WorkingCalendar) -> [Deadline] {
        var deadlines = measuresDue.map { Deadline(kind: .measure, at: $0) }
        // As long as the first answer is owed, its own deadline says the same.
        if let since = untoldSince, closedAt != nil || feedbackAt != nil {
            deadlines.append(Deadline(kind: .tell, at: targets.acknowledge.due(after: since, in: calendar)))
        }
        if closedAt != nil { return deadlines.sorted { $0.at < $1.at } }
        if let asked = contractorAskedAt {
            // As soon as a new receiver answers: somebody stands still meanwhile.
            deadlines.append(
                Deadline(kind: .contractorQuestion, at: targets.acknowledge.due(after: asked, in: calendar)))
        }
        if let since = awaitingCitizenSince {
            deadlines.append(
                Deadline(kind: .awaitingCitizen, at: targets.remindCitizen.due(after: since, in: calendar)))
            return deadlines.sorted { $0.at < $1.at }
        }
        if acknowledgedAt == nil {
            // What stood still before the case was passed on does not count for the new receiver.
            let at =
                passedOnAt.map { targets.acknowledge.due(after: $0, in: calendar) }
                ?? targets.acknowledge.due(after: startedAt, in: calendar, paused: pausedWorkingDays)
            deadlines.append(Deadline(kind: .acknowledge, at: at))
        }
        if feedbackAt == nil {
            let target = targets.target(for: firstAnswer)
            let at = target.due(after: startedAt, in: calendar, paused: pausedWorkingDays)
            deadlines.append(Deadline(kind: firstAnswer.deadlineKind, at: at))
        }
        if let until = parkedUntil {
            deadlines.append(Deadline(kind: .parking, at: until))
        } else {
            let at = targets.close.due(after: startedAt, in: calendar, paused: pausedWorkingDays)
            deadlines.append(Deadline(kind: .close, at: at))
        }
        return deadlines.sorted { $0.at < $1.at }
    }

    /// When the clock of a deadline began to run.
    public func start(of kind: DeadlineKind) -> Instant {
        switch kind {
        case .acknowledge: passedOnAt ?? startedAt
        case .awaitingCitizen: awaitingCitizenSince ?? startedAt
        case .contractorQuestion: contractorAskedAt ?? startedAt
        case .tell: untoldSince ?? startedAt
        case .feedback, .answer, .callBack, .close, .parking, .measure: startedAt
        }
    }

    /// The citizen has answered, or is no longer waited for: the clocks run again, later by the working days that went.
    public mutating func resume(at instant: Instant, _ calendar: WorkingCalendar) {
        guard let since = awaitingCitizenSince else { return }
        pausedWorkingDays += max(0, calendar.workingDaysBetween(since, instant))
        awaitingCitizenSince = nil
    }
}

extension [Deadline] {
    /// Of those that run, the earliest first: the one to be shown.
    public var next: Deadline? { first { $0.kind == .parking || $0.kind == .awaitingCitizen } ?? first }
}
