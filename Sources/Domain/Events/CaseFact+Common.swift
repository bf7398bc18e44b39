/// What several kinds have in common.
extension CaseFact {
    /// Whose contact it came by, or is about.
    public var contact: ID<Contact>? {
        switch self {
        case .opened(let data): data.contact
        case .joined(let data): data.contact
        case .contactCorrected(let data), .reporterConfirmed(let data), .updatesWanted(let data),
            .updatesStopped(let data), .wordAgreed(let data):
            data.contact
        case .waitingEnded(let data): data.contact
        case .reopened(let data): data.contact
        case .told(let data): data.contact
        default: nil
        }
    }

    /// The unit that has the case by it.
    public var unit: ID<Unit>? {
        switch self {
        case .opened(let data): data.unit
        case .routed(let data): data.unit
        case .recoded(let data): data.unit
        case .contractorHandedBack(let data): data.unit
        default: nil
        }
    }

    /// The handler who was named by it, or took the case.
    public var handler: ID<User>? {
        switch self {
        case .routed(let data): data.handler
        case .acknowledged(let data): data.handler
        case .performerChanged(let data): data.handler
        default: nil
        }
    }

    /// Who was passed the case, or who did it.
    public var contractor: ID<Contractor>? {
        switch self {
        case .routed(let data): data.contractor
        case .acknowledged(let data): data.contractor
        case .feedbackGiven(let data): data.contractor
        case .noted(let data): data.contractor
        case .contractorAsked(let data), .contractorTold(let data): data.contractor
        case .contractorDone(let data): data.contractor
        case .contractorHandedBack(let data): data.contractor
        case .contractorLinkSent(let data), .contractorLinkWithdrawn(let data): data.contractor
        default: nil
        }
    }

    /// The category that the case has by it.
    public var category: ID<Category>? {
        switch self {
        case .opened(let data): data.category
        case .recoded(let data): data.category
        default: nil
        }
    }

    /// The marks that the case got by it.
    public var marks: [Marks.Name]? {
        switch self {
        case .joined(let data): data.marks
        case .recoded(let data): data.marks
        default: nil
        }
    }

    /// The measure that was recorded or done by it.
    public var measure: MeasureTold? {
        switch self {
        case .measureAdded(let data), .measureDone(let data): data
        case .contractorDone(let data): data.measure
        default: nil
        }
    }

    /// The message that it is about.
    public var message: Message? {
        switch self {
        case .messageMissed(let data), .messageArrived(let data): data
        default: nil
        }
    }

    /// With what whoever reported it opens the case.
    public var wayIn: WayIn? {
        switch self {
        case .opened(let data): data.wayIn
        case .joined(let data): data.wayIn
        default: nil
        }
    }

    /// What somebody wrote with it.
    public var writing: String? {
        switch self {
        case .routed(let data): data.note
        case .recoded(let data): data.note
        case .feedbackGiven(let data): data.message
        case .parked(let data): data.reason
        case .waiting(let data): data.message
        case .waitingEnded(let data): data.message ?? data.note
        case .noted(let data): data.note
        case .markedAcute(let data): data.reason
        case .closed(let data): data.answer
        case .reopened(let data): data.reason
        case .told(let data): data.note
        case .contractorAsked(let data), .contractorTold(let data): data.message
        case .contractorHandedBack(let data): data.reason
        default: nil
        }
    }
}
