extension CaseEvent {
    /// As it stands in the history when what was written has been erased: what happened when, by whom and where, and no
    /// word of it. A text that was there is empty, so that a reader sees that there was one.
    public var withoutWords: CaseEvent { CaseEvent(fact.withoutWords, state: state, hearing: hearing) }
}

extension CaseFact {
    fileprivate var withoutWords: CaseFact {
        switch self {
        case .opened, .joined, .contactCorrected, .reporterConfirmed, .updatesWanted, .updatesStopped, .acknowledged,
            .performerChanged, .unparked, .reminded, .reminderWithdrawn, .contractorLinkSent, .contractorLinkWithdrawn,
            .wordAgreed, .messageMissed, .messageArrived:
            self
        case .routed(let data): .routed(data.with { $0.note.empty() })
        case .recoded(let data): .recoded(data.with { $0.note.empty() })
        case .feedbackGiven(let data): .feedbackGiven(data.with { $0.message = "" })
        case .parked(let data): .parked(data.with { $0.reason = "" })
        case .waiting(let data): .waiting(data.with { $0.message = "" })
        case .waitingEnded(let data):
            .waitingEnded(
                data.with {
                    $0.note.empty()
                    $0.message.empty()
                })
        case .measureAdded(let data): .measureAdded(data.withoutWords)
        case .measureDone(let data): .measureDone(data.withoutWords)
        case .deviationLinked(let data): .deviationLinked(data.with { $0.reference = "" })
        case .noted(let data): .noted(data.with { $0.note = "" })
        case .markedAcute(let data): .markedAcute(data.with { $0.reason.empty() })
        case .closed(let data):
            .closed(
                data.with {
                    $0.answer = ""
                    $0.reason.empty()
                    $0.authority.empty()
                })
        case .reopened(let data): .reopened(data.with { $0.reason = "" })
        case .told(let data): .told(data.with { $0.note.empty() })
        case .contractorAsked(let data): .contractorAsked(data.with { $0.message = "" })
        case .contractorTold(let data): .contractorTold(data.with { $0.message = "" })
        case .contractorDone(let data): .contractorDone(data.with { $0.measure = $0.measure.withoutWords })
        case .contractorHandedBack(let data): .contractorHandedBack(data.with { $0.reason = "" })
        }
    }
}

extension CaseFact.MeasureTold {
    fileprivate var withoutWords: Self {
        with {
            $0.what = ""
            $0.who = ""
        }
    }
}

/// The data of the kinds, so that one of them can be changed in an expression.
private protocol Changeable {}

extension Changeable {
    func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }
}

extension String? {
    fileprivate mutating func empty() { if self != nil { self = "" } }
}

extension CaseFact.Routed: Changeable {}
extension CaseFact.Recoded: Changeable {}
extension CaseFact.FeedbackGiven: Changeable {}
extension CaseFact.Parked: Changeable {}
extension CaseFact.Waiting: Changeable {}
extension CaseFact.WaitingEnded: Changeable {}
extension CaseFact.MeasureTold: Changeable {}
extension CaseFact.DeviationLinked: Changeable {}
extension CaseFact.Noted: Changeable {}
extension CaseFact.MarkedAcute: Changeable {}
extension CaseFact.Closed: Changeable {}
extension CaseFact.Reopened: Changeable {}
extension CaseFact.CitizenTold: Changeable {}
extension CaseFact.ContractorSaid: Changeable {}
extension CaseFact.ContractorDone: Changeable {}
extension CaseFact.HandedBack: Changeable {}
