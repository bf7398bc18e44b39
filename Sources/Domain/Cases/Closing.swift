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

    /// What is missing before the case can be closed (R5.1), or nil.
    public func missing(given measures: [Measure]) -> CaseRefusal? {
        if answer.isBlank { return .answerRequired }
        switch outcome {
        case .noAction: return reason.isBlank ? .reasonRequired : nil
        case .forwarded: return authority.isBlank ? .authorityRequired : nil
        case .measuresTaken:
            let isDone = measures.contains {
                $0.kind == .corrective && !$0.what.isBlank && !$0.who.isBlank && $0.doneAt != nil
            }
            return isDone ? nil : .measureRequired
        }
    }
}

extension Case {
    /// Ends the case with an answer to the citizen (R5.1, R5.4). Who closes what nobody had becomes its handler.
    public mutating func close(
        _ closure: Closure, measures: [Measure], by user: ID<User>?, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        guard state.isOpen else { throw .closed }
        if let missing = closure.missing(given: measures) { throw missing }
        try step(.close)
        self.closure = closure
        contractor = nil
        closedAt = now
        feedbackAt = now
        if acknowledgedAt == nil { acknowledgedAt = now }
        if handler == nil { handler = user }
        return event(.closed) {
            $0.answer = closure.answer
            $0.outcome = closure.outcome
            $0.reason = closure.reason
            $0.authority = closure.authority
        }
    }

    /// Opens the case again, by staff or by a citizen who does not agree (R5.4). All clocks start anew.
    ///
    /// One that came here closed, from another system, has nobody who is responsible for it (R3.6): its unit has to
    /// acknowledge it first.
    public mutating func reopen(reason: String, at now: Instant) throws(CaseRefusal) -> CaseEvent {
        try step(.reopen)
        closure = nil
        closedAt = nil
        feedbackAt = nil
        clocksFrom = now
        pausedWorkingDays = 0
        reminded = []
        if handler == nil {
            state = .passedOn
            passedAt = now
            acknowledgedAt = nil
        }
        return event(.reopened) { $0.reason = reason }
    }
}
