import Foundation

/// As stored and as the API tells it: one flat object. The kind stands beside it, in a column of its own.
extension CaseEvent: Encodable, DecodableWithConfiguration {
    private enum CodingKeys: CodingKey { case state }

    public init(from decoder: any Decoder, configuration kind: Kind) throws {
        state = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(CaseState.self, forKey: .state)
        let hearing = try Hearing(from: decoder)
        self.hearing = hearing == Hearing() ? nil : hearing
        fact = try CaseFact(kind, from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(state, forKey: .state)
        try hearing?.encode(to: encoder)
        try fact.data?.encode(to: encoder)
    }
}

extension CaseFact {
    /// Throws a `DecodingError` when the data are not the kind's.
    init(_ kind: CaseEvent.Kind, from decoder: any Decoder) throws {
        switch kind {
        case .opened: self = .opened(try Opened(from: decoder))
        case .joined: self = .joined(try Joined(from: decoder))
        case .contactCorrected: self = .contactCorrected(try Reporter(from: decoder))
        case .reporterConfirmed: self = .reporterConfirmed(try Reporter(from: decoder))
        case .updatesWanted: self = .updatesWanted(try Reporter(from: decoder))
        case .updatesStopped: self = .updatesStopped(try Reporter(from: decoder))
        case .routed: self = .routed(try Routed(from: decoder))
        case .acknowledged: self = .acknowledged(try Acknowledged(from: decoder))
        case .performerChanged: self = .performerChanged(try PerformerChanged(from: decoder))
        case .recoded: self = .recoded(try Recoded(from: decoder))
        case .feedbackGiven: self = .feedbackGiven(try FeedbackGiven(from: decoder))
        case .parked: self = .parked(try Parked(from: decoder))
        case .unparked: self = .unparked
        case .waiting: self = .waiting(try Waiting(from: decoder))
        case .waitingEnded: self = .waitingEnded(try WaitingEnded(from: decoder))
        case .measureAdded: self = .measureAdded(try MeasureTold(from: decoder))
        case .measureDone: self = .measureDone(try MeasureTold(from: decoder))
        case .deviationLinked: self = .deviationLinked(try DeviationLinked(from: decoder))
        case .noted: self = .noted(try Noted(from: decoder))
        case .markedAcute: self = .markedAcute(try MarkedAcute(from: decoder))
        case .closed: self = .closed(try Closed(from: decoder))
        case .reopened: self = .reopened(try Reopened(from: decoder))
        case .told: self = .told(try CitizenTold(from: decoder))
        case .messageMissed: self = .messageMissed(try Message(from: decoder))
        case .messageArrived: self = .messageArrived(try Message(from: decoder))
        case .reminded: self = .reminded(try Reminded(from: decoder))
        case .reminderWithdrawn: self = .reminderWithdrawn(try Reminded(from: decoder))
        case .contractorAsked: self = .contractorAsked(try ContractorSaid(from: decoder))
        case .contractorTold: self = .contractorTold(try ContractorSaid(from: decoder))
        case .contractorDone: self = .contractorDone(try ContractorDone(from: decoder))
        case .contractorHandedBack: self = .contractorHandedBack(try HandedBack(from: decoder))
        case .contractorLinkSent: self = .contractorLinkSent(try Linked(from: decoder))
        case .contractorLinkWithdrawn: self = .contractorLinkWithdrawn(try Linked(from: decoder))
        case .wordAgreed: self = .wordAgreed(try Reporter(from: decoder))
        }
    }

    /// Nil for a kind that needs none.
    var data: (any Encodable)? {
        switch self {
        case .opened(let data): data
        case .joined(let data): data
        case .contactCorrected(let data): data
        case .reporterConfirmed(let data): data
        case .updatesWanted(let data): data
        case .updatesStopped(let data): data
        case .routed(let data): data
        case .acknowledged(let data): data
        case .performerChanged(let data): data
        case .recoded(let data): data
        case .feedbackGiven(let data): data
        case .parked(let data): data
        case .waiting(let data): data
        case .waitingEnded(let data): data
        case .measureAdded(let data): data
        case .measureDone(let data): data
        case .deviationLinked(let data): data
        case .noted(let data): data
        case .markedAcute(let data): data
        case .closed(let data): data
        case .reopened(let data): data
        case .told(let data): data
        case .messageMissed(let data): data
        case .messageArrived(let data): data
        case .reminded(let data): data
        case .reminderWithdrawn(let data): data
        case .contractorAsked(let data): data
        case .contractorTold(let data): data
        case .contractorDone(let data): data
        case .contractorHandedBack(let data): data
        case .contractorLinkSent(let data): data
        case .contractorLinkWithdrawn(let data): data
        case .wordAgreed(let data): data
        case .unparked: nil
        }
    }
}
