import Domain

/// Something that follows from an event, in the event's own transaction.
enum Consequence: Sendable, Hashable {
    /// Those who reported it are told, or the one of this contact.
    case citizen(CitizenMessage, only: ID<Contact>? = nil)
    /// Whoever has the case is told, by mail (R3.1).
    case holder(StaffMessage, note: String? = nil)
    /// By the bell: beside a mail of its own, or with the mail that gathers a day's alerts.
    case bell(Alert.News, isMailed: Bool = true)
    /// The contractor gets a link of their own, and what was said with it.
    case contractorLink(note: String? = nil)
    case contractor(String)
    /// The contractor hears that it has become acute.
    case contractorAcute
    /// Whom the reminder is for: colleagues by the bell, the contractor, the citizen who was asked.
    case reminder(Reminder)
    /// What was done needs no reminding.
    case settleAlerts
    case index
    /// What its contacts are found by, and by whom.
    case indexContacts
}

/// Something that follows from what happened to a contact itself.
enum ContactConsequence: Sendable, Hashable {
    case index
}

/// What a colleague is told by mail. The words are `mail.<key>.subject` and `mail.<key>.body`.
enum StaffMessage: Sendable, Hashable {
    /// Also of what became acute, which has words of its own and comes at once (R1.10).
    case passedOn
    case contracted(to: ID<Contractor>)
    case reopened
    case citizenWrote
    case contactJoined
    case contractorDid(ContractorStep, by: ID<Contractor>)
}

/// What a contractor did that whoever has the case hears of. The words are `contractor.did.<step>`.
enum ContractorStep: String, Sendable, Hashable, CaseIterable {
    case asked, acknowledged, done, feedback
    case feedbackUntold = "feedback_untold"
    case handedBack = "handed_back"
    case late
}
