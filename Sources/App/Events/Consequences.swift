import Domain

/// What follows from each kind of event. Messages, alerts and the search index hang on nothing else: a use case changes a
/// case, and this table says who hears of it.
enum Consequences {
    static func of(_ fact: CaseFact, _ change: Change, by actor: Actor) -> [Consequence] {
        switch fact {
        case .opened(let data):
            [.citizen(.receipt, only: data.contact)]
                + (change.isPassedOn || change.isAcuteNow ? [.holder(.passedOn)] : [])
        case .joined(let data): joined(data, change, by: actor)
        case .reporterConfirmed(let data): [.citizen(.receipt, only: data.contact)]
        case .routed(let data): routed(data)
        case .acknowledged(let data): [.citizen(.acknowledged)] + did(.acknowledged, data.contractor)
        case .performerChanged: (change.isPassedOn ? [.citizen(.passedOn)] : []) + [.holder(.passedOn)]
        case .recoded(let data): passing(change, note: data.note)
        case .feedbackGiven(let data):
            (data.isSent == false ? [] : [.citizen(.feedback(data.message))])
                // Somebody is to tell those whom no message reaches.
                + did(change.after.untoldSince == nil ? .feedback : .feedbackUntold, data.contractor, data.message)
        case .parked(let data): [.citizen(.parked(until: data.until))]
        case .waiting(let data): [.citizen(.question(data.message))]
        case .waitingEnded(let data): data.contact == nil ? [] : [.holder(.citizenWrote, note: data.message)]
        case .contactCorrected, .deviationLinked, .unparked, .measureAdded, .measureDone, .told, .reminderWithdrawn,
            .updatesWanted,
            .updatesStopped, .wordAgreed, .contractorLinkWithdrawn:
            []
        // Many may fail at once, and then a mail about each would as well.
        case .messageMissed(let data):
            [.bell(.missed(data.audience, ID(data.message.rawValue)), isMailed: false)]
        case .messageArrived: []
        case .noted(let data): did(.late, data.contractor, data.note)
        case .markedAcute(let data): data.what == .acute ? passing(change, note: data.reason) : []
        case .closed(let data): [.citizen(data.outcome == .forwarded ? .forwarded : .answer)]
        case .reopened(let data): [.citizen(.reopened)] + reopened(data, by: actor)
        case .reminded(let data): [.reminder(data.reminder)]
        case .contractorAsked(let data): did(.asked, data.contractor, data.message)
        case .contractorTold(let data): [.contractor(data.message)]
        case .contractorDone(let data): did(.done, data.contractor, data.measure.what)
        case .contractorHandedBack(let data): did(.handedBack, data.contractor, data.reason)
        case .contractorLinkSent: [.contractorLink()]
        }
    }

    static func of(_ event: ContactEvent) -> [ContactConsequence] {
        switch event {
        case .registered, .corrected: [.index]
        }
    }

    /// Of the change as a whole, whatever its kind.
    static func ofAny(_ change: Change) -> [Consequence] {
        // Nobody was alerted of almost all cases.
        let isWatched = !change.after.reminded.isEmpty || change.after.isAcute || change.before?.isAcute == true
        // What was missed is told, though it may have changed nothing else.
        let isMissedNoMore = change.events.contains { [.told, .messageArrived].contains($0.event.kind) }
        let wasAlerted = isMissedNoMore || isWatched && change.before != nil && change.before != change.after
        return (wasAlerted ? [.settleAlerts] : []) + (change.isFoundAnew ? [.index] : [])
            + (change.isFoundByOthers ? [.indexContacts] : [])
    }

    private static func joined(_ data: CaseFact.Joined, _ change: Change, by actor: Actor) -> [Consequence] {
        if data.wayIn == .held, change.before?.isConfidential == true {
            let told = change.isAcuteNow ? passing(change) : [.holder(.contactJoined)]
            // Each is told, however many come about the same case.
            return told + [.bell(.contactJoined(data.contact))]
        }
        guard actor != .citizen else {
            // What was asked and is answered is told with the end of the waiting.
            let isAnswer = change.events.contains { $0.event.kind == .waitingEnded }
            if isAnswer { return passing(change) }
            // An event tells each address once, so what is acute brings the words along.
            let told = passing(change, note: change.saying.text)
            return told.isEmpty ? [.holder(.citizenWrote, note: change.saying.text)] : told
        }
        return (data.isAnswered == true ? [] : [.citizen(.receipt, only: data.contact)]) + passing(change)
    }

    private static func routed(_ data: CaseFact.Routed) -> [Consequence] {
        guard let contractor = data.contractor else {
            return [.citizen(.passedOn), .holder(.passedOn, note: data.note)]
        }
        // The link first: an event tells each address once.
        return [
            .contractorLink(note: data.note), .citizen(.passedOn),
            .holder(.contracted(to: contractor), note: data.note),
        ]
    }

    /// Of a case that was passed on by a change the citizen and the receiver hear; of one that became acute, whoever has it
    /// as well, at once, and its contractor (R1.10).
    private static func passing(_ change: Change, note: String? = nil) -> [Consequence] {
        var told: [Consequence] = change.isPassedOn ? [.citizen(.passedOn)] : []
        if change.isPassedOn || change.isAcuteNow { told.append(.holder(.passedOn, note: note)) }
        if change.isAcuteNow { told.append(.contractorAcute) }
        return told
    }

    private static func reopened(_ data: CaseFact.Reopened, by actor: Actor) -> [Consequence] {
        switch actor {
        case .citizen: [.holder(.citizenWrote, note: data.reason)]
        // Who asked on the telephone has joined a contact, and that is told.
        case .user where data.contact != nil: []
        case .user, .contractor, .system: [.holder(.reopened, note: data.reason)]
        }
    }

    /// What a contractor did, to whoever has the case: by mail and by the bell.
    private static func did(_ step: ContractorStep, _ contractor: ID<Contractor>?, _ note: String? = nil)
        -> [Consequence]
    {
        guard let contractor else { return [] }
        return [.holder(.contractorDid(step, by: contractor), note: note), .bell(.contractor(step))]
    }
}
