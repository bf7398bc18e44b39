extension Case {
    /// What the reporters know of a step, once it is known what became of a message about it.
    public struct StepHeard: Sendable, Hashable {
        public var step: Step
        public var told: Told
        /// Nothing has been said to them since.
        public var isLast: Bool
        /// When all had last heard another answer: `answeredAt(by:besides:)`.
        public var answeredBefore: Instant?

        public init(step: Step, told: Told, isLast: Bool, answeredBefore: Instant?) {
            self.step = step
            self.told = told
            self.isLast = isLast
            self.answeredBefore = answeredBefore
        }
    }

    /// A message about the case did not arrive, or did after all. What counted as told because it was sent counts no longer,
    /// or again (R4.1). The version stays: nobody who is writing to the citizen just now is held up by it.
    ///
    /// - Parameter heard: of the step that the message was about; nil for one that nobody has to hear of.
    public mutating func messageEnded(_ fact: CaseFact, heard: StepHeard?, at now: Instant) -> CaseEvent {
        guard let heard else { return event(fact) }
        feedbackAt = heard.answeredBefore
        // A question that is not waited for any more need not be asked.
        if heard.isLast, heard.step != .question || state == .awaitingCitizen {
            if heard.told == .pending, heard.step == .question { askedAt = nil }
            note(heard.told, of: heard.step, at: now)
        } else if let at = heard.told.at, isAnswer(heard.step) {
            feedbackAt = max(feedbackAt ?? at, at, clocksFrom)
        }
        return event(fact, told: heard.told)
    }

    /// When all had last heard an answer since the case was opened, or opened again, by its history alone; nil for never.
    ///
    /// - Parameter left: the step that is not looked at.
    public func answeredAt(
        by history: [(id: ID<CaseEvent>, at: Instant, event: CaseEvent)], besides left: ID<CaseEvent>
    ) -> Instant? {
        var heard: [ID<CaseEvent>: Instant?] = [:]
        var last: ID<CaseEvent>?
        for line in history {
            let hearing = line.event.hearing
            // Before it was kept what they heard, everything written counted as told.
            let at = hearing == nil ? line.at : hearing?.told == .told ? hearing?.toldAt ?? line.at : nil
            switch line.event.fact {
            case .reopened: (heard, last) = ([:], nil)
            case .feedbackGiven, .waiting, .closed:
                last = line.id
                if Step(line.event.kind).map(isAnswer) == true { heard[line.id] = .some(at) }
            case .told:
                if let last, hearing?.told != .pending, heard[last] != nil { heard[last] = .some(at) }
            case .messageMissed(let data), .messageArrived(let data):
                if hearing != nil, heard[data.about] != nil { heard[data.about] = .some(at) }
            default: break
            }
        }
        heard[left] = nil
        return heard.values.compactMap(\.self).max().map { max($0, clocksFrom) }
    }
}
