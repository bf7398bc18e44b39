import Foundation

/// One line of a case's history. The history only grows; timeline, mail and figures are derived from it.
public struct CaseEvent: Sendable, Hashable {
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
                .recoded, .unparked, .measureAdded, .measureDone, .told,
                .deviationLinked, .noted, .markedAcute, .reminded, .reminderWithdrawn, .contractorAsked,
                .contractorTold, .contractorDone, .contractorHandedBack, .contractorLinkSent,
                .contractorLinkWithdrawn, .wordAgreed:
                false
            }
        }
    }

    public var kind: Kind
    public var data: Details

    public init(_ kind: Kind, _ data: Details = Details()) {
        self.kind = kind
        self.data = data
    }

    /// What the line tells. Only the fields that belong to the kind are filled.
    public struct Details: Sendable, Hashable, Codable {
        /// The state after the event: the last one is the case's state.
        public var state: CaseState?
        public var unit: ID<Unit>?
        public var handler: ID<User>?
        /// Who was passed the case, or who did it.
        public var contractor: ID<Contractor>?
        public var category: ID<Category>?
        public var categoryBefore: ID<Category>?
        public var contact: ID<Contact>?
        public var measure: ID<Measure>?
        public var measureKind: Measure.Kind?
        public var what: String?
        public var who: String?
        public var until: Instant?
        public var note: String?
        public var message: String?
        public var reason: String?
        public var answer: String?
        public var outcome: Outcome?
        public var authority: String?
        public var reference: String?
        /// The marks that the case got: acute, confidential, must_be_answered.
        public var marks: [String]?
        public var deadline: DeadlineKind?
        public var step: Reminder.Step?
        /// How it was told by other means than a message of ours.
        public var how: TellingWay?
        /// What had come of telling the reporters, and when the last of them had heard. Nil before that was kept: then
        /// they counted as told.
        public var told: Told.Code?
        public var toldAt: Instant?
        /// How whoever reported a confidential case gets into it, as it was when they told of it.
        public var wayIn: WayIn?

        public init() {}

        enum CodingKeys: String, CodingKey {
            case state, unit, handler, contractor, category, contact, measure, what, who, until, note, message, reason
            case answer
            case outcome, authority, reference, marks, deadline, step, how, told
            case toldAt = "told_at"
            case wayIn = "way_in"
            case categoryBefore = "category_before"
            case measureKind = "measure_kind"
        }
    }
}

extension Case {
    /// An event that carries the state after it.
    func event(_ kind: CaseEvent.Kind, _ fill: (inout CaseEvent.Details) -> Void = { _ in }) -> CaseEvent {
        var details = CaseEvent.Details()
        details.state = state
        fill(&details)
        return CaseEvent(kind, details)
    }

    /// The first line of every case's history.
    public func opened(by contact: ID<Contact>, wayIn: WayIn? = nil) -> CaseEvent {
        event(.opened) {
            $0.contact = contact
            $0.wayIn = wayIn
            $0.unit = unit
            $0.category = category
        }
    }
}
