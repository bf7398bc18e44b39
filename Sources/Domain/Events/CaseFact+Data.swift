/// The data of the kinds. Their names are those of the table `events` and of the API; a fact that history has is optional
/// where older lines were written without it.
extension CaseFact {
    public struct Opened: Sendable, Hashable, Codable {
        public var contact: ID<Contact>
        public var unit: ID<Unit>
        public var category: ID<Category>?
        /// With what whoever reported it opens it, where it is confidential.
        public var wayIn: WayIn?

        enum CodingKeys: String, CodingKey {
            case contact, unit, category
            case wayIn = "way_in"
        }
    }

    public struct Joined: Sendable, Hashable, Codable {
        public var contact: ID<Contact>
        /// The marks that the case got by it.
        public var marks: [Marks.Name]?
        /// It was answered at once; nil for no.
        public var isAnswered: Bool?
        /// `held` when it was joined by somebody who may not read the case, or not any more by this.
        public var wayIn: WayIn?

        enum CodingKeys: String, CodingKey {
            case contact, marks
            case isAnswered = "answered"
            case wayIn = "way_in"
        }
    }

    /// Whose contact it is about; of what was said or put right the history tells no more.
    public struct Reporter: Sendable, Hashable, Codable {
        public var contact: ID<Contact>
    }

    public struct Routed: Sendable, Hashable, Codable {
        public var unit: ID<Unit>
        public var handler: ID<User>?
        public var contractor: ID<Contractor>?
        public var note: String?
    }

    public struct Acknowledged: Sendable, Hashable, Codable {
        /// Nil when another system has it on record that somebody had it, but not who, and for a contractor.
        public var handler: ID<User>?
        public var contractor: ID<Contractor>?
    }

    public struct PerformerChanged: Sendable, Hashable, Codable {
        public var handler: ID<User>
    }

    public struct Recoded: Sendable, Hashable, Codable {
        public var category: ID<Category>
        public var categoryBefore: ID<Category>?
        public var unit: ID<Unit>
        public var note: String?
        public var marks: [Marks.Name]?

        enum CodingKeys: String, CodingKey {
            case category, unit, note, marks
            case categoryBefore = "category_before"
        }
    }

    public struct FeedbackGiven: Sendable, Hashable, Codable {
        public var message: String
        public var contractor: ID<Contractor>?
        /// Whether messages went out; nil for yes.
        public var isSent: Bool?

        enum CodingKeys: String, CodingKey {
            case message, contractor
            case isSent = "sent"
        }
    }

    public struct Parked: Sendable, Hashable, Codable {
        public var until: Instant
        public var reason: String
    }

    public struct Waiting: Sendable, Hashable, Codable {
        public var message: String
    }

    public struct WaitingEnded: Sendable, Hashable, Codable {
        public var note: String?
        /// The citizen's own answer, and whose it is; nil when nobody waits any longer.
        public var contact: ID<Contact>?
        public var message: String?
    }

    public struct MeasureTold: Sendable, Hashable, Codable {
        public var measure: ID<Measure>
        public var kind: Measure.Kind
        public var what: String
        public var who: String
        /// When it was done; else the day by which it is to be.
        public var until: Instant?

        enum CodingKeys: String, CodingKey {
            case measure, what, who, until
            case kind = "measure_kind"
        }
    }

    public struct DeviationLinked: Sendable, Hashable, Codable {
        public var reference: String
    }

    public struct Noted: Sendable, Hashable, Codable {
        public var note: String
        /// Of a contractor who does not have the case any more.
        public var contractor: ID<Contractor>?
    }

    public struct MarkedAcute: Sendable, Hashable, Codable {
        public enum What: String, Sendable, Hashable, Codable {
            case acute
            case notAcute = "not_acute"
        }

        public var what: What
        public var reason: String?
    }

    public struct Closed: Sendable, Hashable, Codable {
        public var answer: String
        public var outcome: Outcome
        public var reason: String?
        public var authority: String?
    }

    public struct Reopened: Sendable, Hashable, Codable {
        public var reason: String
        /// Whose words the reason is; nil for the staff's.
        public var contact: ID<Contact>?
    }

    public struct CitizenTold: Sendable, Hashable, Codable {
        /// Whom; nil for all who had not heard.
        public var contact: ID<Contact>?
        public var note: String?
        /// When they were told.
        public var until: Instant
    }

    /// A message that did not arrive, or did after all. Neither its address nor what the other side said: the history is kept
    /// longer than those.
    public struct Message: Sendable, Hashable, Codable {
        /// Whose it is.
        public enum Audience: String, Sendable, Hashable, Codable, CaseIterable { case citizen, colleague, contractor }

        /// By what it was sent. Raw values are stored.
        public enum Medium: String, Sendable, Hashable, Codable, CaseIterable { case mail, sms }

        public enum Outcome: String, Sendable, Hashable, Codable {
            /// Refused for good, or reported as not delivered.
            case failed
            /// Handed over, and nobody knows what became of it.
            case uncertain
            case delivered
        }

        /// In the outbox.
        public var message: ID<Message>
        /// The event that it tells of.
        public var about: ID<CaseEvent>
        public var audience: Audience
        /// The reporter; nil for others.
        public var recipient: ID<Contact>?
        public var medium: Medium
        public var outcome: Outcome

        enum CodingKeys: String, CodingKey {
            case about, audience, medium
            case message = "message_id"
            case recipient = "contact"
            case outcome = "delivery"
        }

        public init(
            message: ID<Message>, about: ID<CaseEvent>, audience: Audience, recipient: ID<Contact>?, medium: Medium,
            outcome: Outcome
        ) {
            self.message = message
            self.about = about
            self.audience = audience
            self.recipient = recipient
            self.medium = medium
            self.outcome = outcome
        }
    }

    public struct Reminded: Sendable, Hashable, Codable {
        public var deadline: DeadlineKind
        public var step: Reminder.Step
        public var until: Instant
    }

    public struct ContractorSaid: Sendable, Hashable, Codable {
        public var contractor: ID<Contractor>
        public var message: String
    }

    public struct ContractorDone: Sendable, Hashable, Codable {
        public var contractor: ID<Contractor>
        public var measure: MeasureTold
    }

    public struct HandedBack: Sendable, Hashable, Codable {
        public var contractor: ID<Contractor>
        public var unit: ID<Unit>
        public var reason: String
    }

    public struct Linked: Sendable, Hashable, Codable {
        public var contractor: ID<Contractor>
    }
}

extension CaseFact.ContractorDone {
    enum CodingKeys: CodingKey { case contractor }

    public init(from decoder: any Decoder) throws {
        contractor = try decoder.container(keyedBy: CodingKeys.self).decode(ID.self, forKey: .contractor)
        measure = try CaseFact.MeasureTold(from: decoder)
    }

    /// Flat, as the measure would stand by itself.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(contractor, forKey: .contractor)
        try measure.encode(to: encoder)
    }
}
