import Foundation

/// How a case ended.
public enum Outcome: String, Sendable, Hashable, CaseIterable, Codable {
    case measuresTaken = "measures_taken"
    case noAction = "no_action"
    /// To another authority (R3.5).
    case forwarded
}

/// The end of a case: the answer to the citizen and what it rests on.
public struct Closure: Sendable, Hashable {
    public var answer: String
    public var outcome: Outcome
    /// Why nothing was done; required for `noAction` (R5.1).
    public var reason: String?
    /// Where it was forwarded; required for `forwarded` (R3.5).
    public var authority: String?

    public init(answer: String, outcome: Outcome, reason: String? = nil, authority: String? = nil) {
        self.answer = answer
        self.outcome = outcome
        self.reason = reason
        self.authority = authority
    }

    /// All that is missing before the case can be closed (R5.1).
    ///
    /// - Parameter measures: those that count, see `Case.counts`.
    public func missing(given measures: [Measure]) -> [CaseRefusal] {
        let ground: CaseRefusal? =
            switch outcome {
            case .noAction: reason.isBlank ? .reasonRequired : nil
            case .forwarded: authority.isBlank ? .authorityRequired : nil
            case .measuresTaken: measures.contains(where: \.isCorrectiveAndDone) ? nil : .measureRequired
            }
        return [answer.isBlank ? .answerRequired : nil, ground].compactMap(\.self)
    }
}

extension Measure {
    fileprivate var isCorrectiveAndDone: Bool {
        kind == .corrective && !what.isBlank && !who.isBlank && doneAt != nil
    }
}

extension Case {
    /// When it was opened again; nil unless it was. Reopening starts the clocks anew, and nothing else does.
    private var reopenedAt: Instant? { clocksFrom > createdAt ? clocksFrom : nil }

    /// Whether a measure can be what the case is closed with: done, and not before it was opened again, because what was
    /// done then did not help (R5.4).
    public func counts(_ measure: Measure) -> Bool {
        guard measure.isCorrectiveAndDone, !measure.isSpent, let doneAt = measure.doneAt else { return false }
        return reopenedAt.map { doneAt >= $0 } ?? true
    }

    /// Ends the case with an answer to the citizen (R5.1, R5.4). Who closes what nobody had becomes its handler. The answer
    /// counts as feedback when the citizen has heard it; until then a closed case has a deadline.
    public mutating func close(
        _ closure: Closure, measures: [Measure], told: Told, by user: ID<User>?, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        guard state.isOpen else { throw .closed }
        if let missing = closure.missing(given: measures.filter(counts)).first { throw missing }
        try step(.close)
        self.closure = closure
        contractor = nil
        closedAt = now
        note(told, of: .closing, at: now)
        if acknowledgedAt == nil { acknowledgedAt = now }
        if handler == nil { handler = user }
        return event(
            .closed(
                .init(
                    answer: closure.answer, outcome: closure.outcome, reason: closure.reason,
                    authority: closure.authority)), told: told)
    }

    /// Opens the case again, by staff or by a citizen who does not agree (R5.4). All clocks start anew.
    ///
    /// One that came here closed, from another system, has nobody who is responsible for it (R3.6): its unit has to
    /// acknowledge it first.
    ///
    /// - Parameter contact: whose words the reason is; nil for the staff's.
    public mutating func reopen(
        reason: String, saidIn contact: ID<Contact>? = nil, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        try step(.reopen)
        closure = nil
        closedAt = nil
        feedbackAt = nil
        settledAt = nil
        untoldSince = nil
        clocksFrom = now
        pausedWorkingDays = 0
        reminded = []
        if handler == nil {
            state = .passedOn
            passedAt = now
            acknowledgedAt = nil
        }
        return event(.reopened(.init(reason: reason, contact: contact)))
    }
}
