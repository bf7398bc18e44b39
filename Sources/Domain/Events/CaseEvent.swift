/// One line of a case's history. The history only grows; timeline, messages and figures are derived from it.
public struct CaseEvent: Sendable, Hashable {
    /// The state after the event: the last one is the case's state.
    public var state: CaseState?
    /// What had come of telling the reporters of it; nil for what they need not hear of, and before that was kept.
    public var hearing: Hearing?
    public var fact: CaseFact

    public var kind: Kind { fact.kind }

    public init(_ fact: CaseFact, state: CaseState?, hearing: Hearing? = nil) {
        self.fact = fact
        self.state = state
        self.hearing = hearing
    }

    public struct Hearing: Sendable, Hashable, Codable {
        public var told: Told.Code?
        /// When the last of them had heard.
        public var toldAt: Instant?
        /// How they were told by other means than a message of ours.
        public var how: TellingWay?

        public init() {}

        init(_ told: Told) {
            self.told = told.code
            toldAt = told.at
        }

        enum CodingKeys: String, CodingKey {
            case told, how
            case toldAt = "told_at"
        }
    }

    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        case opened = "case_opened"
        case joined
        case contactCorrected = "contact_corrected"
        /// Whose contact was joined from outside a confidential case's unit, the unit takes for a reporter.
        case reporterConfirmed = "reporter_confirmed"
        /// A reporter wants to hear of every step, or no longer (R4.8).
        case updatesWanted = "updates_wanted"
        case updatesStopped = "updates_stopped"
        case routed
        case acknowledged
        case performerChanged = "performer_changed"
        case recoded
        case feedbackGiven = "feedback_given"
        case parked
        case unparked
        case waiting
        case waitingEnded = "waiting_ended"
        case measureAdded = "measure_added"
        case measureDone = "measure_done"
        case deviationLinked = "deviation_linked"
        case noted = "note_added"
        case markedAcute = "marked_acute"
        case closed
        case reopened
        /// It was written down how a reporter was told of a step that no message brought them.
        case told = "citizen_told"
        /// A message about the case did not arrive, or nobody knows.
        case messageMissed = "message_missed"
        /// It did after all.
        case messageArrived = "message_arrived"
        /// A deadline was reminded of (R4.2).
        case reminded = "reminder_sent"
        /// It was made before its time, by a clock that was ahead, and does not count.
        case reminderWithdrawn = "reminder_withdrawn"
        case contractorAsked = "contractor_asked"
        case contractorTold = "contractor_told"
        case contractorDone = "contractor_done"
        case contractorHandedBack = "contractor_handed_back"
        case contractorLinkSent = "contractor_link_sent"
        case contractorLinkWithdrawn = "contractor_link_withdrawn"
        /// A word to open the confidential case with was agreed, or another one. The word itself is not told.
        case wordAgreed = "word_agreed"

        /// Whether the reporter may see that it happened. Notes, measures and who has it stay inside.
        public var isPublic: Bool {
            switch self {
            case .opened, .routed, .acknowledged, .feedbackGiven, .parked, .waiting, .waitingEnded, .closed,
                .reopened:
                true
            case .joined, .contactCorrected, .reporterConfirmed, .updatesWanted, .updatesStopped, .performerChanged,
                .recoded, .unparked, .measureAdded, .measureDone, .told, .messageMissed, .messageArrived,
                .deviationLinked, .noted, .markedAcute, .reminded, .reminderWithdrawn, .contractorAsked,
                .contractorTold, .contractorDone, .contractorHandedBack, .contractorLinkSent,
                .contractorLinkWithdrawn, .wordAgreed:
                false
            }
        }
    }
}

extension Case {
    /// An event that carries the state after it.
    func event(_ fact: CaseFact, told: Told? = nil) -> CaseEvent {
        CaseEvent(fact, state: state, hearing: told.map(CaseEvent.Hearing.init))
    }

    /// The first line of every case's history.
    ///
    /// - Parameter wayIn: of a confidential case.
    public func opened(by contact: ID<Contact>, wayIn: WayIn? = nil) -> CaseEvent {
        event(.opened(.init(contact: contact, unit: unit, category: category, wayIn: wayIn)))
    }
}
