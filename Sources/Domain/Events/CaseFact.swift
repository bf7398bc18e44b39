/// What happened, with the data that belong to its kind and no others.
public enum CaseFact: Sendable, Hashable {
    case opened(Opened)
    case joined(Joined)
    case contactCorrected(Reporter)
    case reporterConfirmed(Reporter)
    case updatesWanted(Reporter)
    case updatesStopped(Reporter)
    case routed(Routed)
    case acknowledged(Acknowledged)
    case performerChanged(PerformerChanged)
    case recoded(Recoded)
    case feedbackGiven(FeedbackGiven)
    case parked(Parked)
    case unparked
    case waiting(Waiting)
    case waitingEnded(WaitingEnded)
    case measureAdded(MeasureTold)
    case measureDone(MeasureTold)
    case deviationLinked(DeviationLinked)
    case noted(Noted)
    case markedAcute(MarkedAcute)
    case closed(Closed)
    case reopened(Reopened)
    case told(CitizenTold)
    case messageMissed(Message)
    case messageArrived(Message)
    case reminded(Reminded)
    case reminderWithdrawn(Reminded)
    case contractorAsked(ContractorSaid)
    case contractorTold(ContractorSaid)
    case contractorDone(ContractorDone)
    case contractorHandedBack(HandedBack)
    case contractorLinkSent(Linked)
    case contractorLinkWithdrawn(Linked)
    case wordAgreed(Reporter)

    public var kind: CaseEvent.Kind {
        switch self {
        case .opened: .opened
        case .joined: .joined
        case .contactCorrected: .contactCorrected
        case .reporterConfirmed: .reporterConfirmed
        case .updatesWanted: .updatesWanted
        case .updatesStopped: .updatesStopped
        case .routed: .routed
        case .acknowledged: .acknowledged
        case .performerChanged: .performerChanged
        case .recoded: .recoded
        case .feedbackGiven: .feedbackGiven
        case .parked: .parked
        case .unparked: .unparked
        case .waiting: .waiting
        case .waitingEnded: .waitingEnded
        case .measureAdded: .measureAdded
        case .measureDone: .measureDone
        case .deviationLinked: .deviationLinked
        case .noted: .noted
        case .markedAcute: .markedAcute
        case .closed: .closed
        case .reopened: .reopened
        case .told: .told
        case .messageMissed: .messageMissed
        case .messageArrived: .messageArrived
        case .reminded: .reminded
        case .reminderWithdrawn: .reminderWithdrawn
        case .contractorAsked: .contractorAsked
        case .contractorTold: .contractorTold
        case .contractorDone: .contractorDone
        case .contractorHandedBack: .contractorHandedBack
        case .contractorLinkSent: .contractorLinkSent
        case .contractorLinkWithdrawn: .contractorLinkWithdrawn
        case .wordAgreed: .wordAgreed
        }
    }
}
