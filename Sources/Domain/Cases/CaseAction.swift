/// Everything that can be done to a case.
public enum CaseAction: String, Sendable, Hashable, CaseIterable {
    case passOn, acknowledge, assign, recode, giveFeedback, note
    case park, unpark, awaitCitizen, resume
    case addMeasure, finishMeasure, linkDeviation, markAcute, join, correctContact, tell
    case passToContractor, askHandler, tellContractor, linkContractor, reportDone, handBack
    case close, reopen
}

/// What an action does to the state.
public enum Transition: Sendable, Hashable {
    case to(CaseState)
    case stay
    /// To the state in which the case was before it was parked or began to wait.
    case back
    case refused(CaseRefusal)
}

extension CaseState {
    /// The transition table: every action in every state.
    public func transition(on action: CaseAction) -> Transition {
        switch (self, action) {
        case (.closed, .reopen): .to(.underway)
        case (_, .reopen): .refused(.notClosed)
        // What is closed can still be told about and noted on; nothing else.
        case (.closed, .note), (.closed, .join), (.closed, .linkDeviation), (.closed, .finishMeasure),
            (.closed, .correctContact), (.closed, .tell):
            .stay
        case (.closed, _): .refused(.closed)
        // Nobody has it, so no contractor has.
        case (.new, .askHandler), (.new, .tellContractor), (.new, .linkContractor), (.new, .reportDone),
            (.new, .handBack):
            .refused(.notContracted)
        case (_, .passToContractor), (_, .handBack): .to(.passedOn)
        case (_, .reportDone): .to(.underway)
        case (_, .close): .to(.closed)
        case (_, .passOn): .to(.passedOn)
        case (_, .acknowledge): .to(.underway)
        case (.new, .assign): .to(.passedOn)
        case (_, .assign): .stay
        case (_, .park): .to(.parked)
        case (.parked, .unpark): .back
        case (_, .unpark): .refused(.notParked)
        case (_, .awaitCitizen): .to(.awaitingCitizen)
        case (.awaitingCitizen, .resume): .back
        case (_, .resume): .refused(.notWaiting)
        case (_, .recode), (_, .giveFeedback), (_, .note), (_, .addMeasure), (_, .finishMeasure),
            (_, .linkDeviation), (_, .markAcute), (_, .join), (_, .correctContact), (_, .askHandler),
            (_, .tellContractor), (_, .linkContractor), (_, .tell):
            .stay
        }
    }

    /// The actions that are open in this state, for buttons and for the API.
    public var actions: [CaseAction] {
        CaseAction.allCases.filter { if case .refused = transition(on: $0) { false } else { true } }
    }
}
