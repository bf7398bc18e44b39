/// Something that happened to a contact itself, whether or not it became a case (R1.1): a line of the same history as the
/// cases' events.
public enum ContactEvent: Sendable, Hashable {
    case registered(Registered)
    /// Who it was, or how to reach them, was put right.
    case corrected

    /// As stored.
    public enum Kind: String, Sendable, CaseIterable {
        case registered = "contact_registered"
        /// Its cases have a line of their own, `contact_corrected`.
        case corrected = "person_corrected"
    }

    public var kind: Kind {
        switch self {
        case .registered: .registered
        case .corrected: .corrected
        }
    }

    /// How it came in, and what became of each question at once. Nothing of what was said, nor of who said it.
    public struct Registered: Sendable, Hashable, Codable {
        public var channel: Contact.Channel
        public var direction: Contact.Direction
        public var questions: [Asked]

        public init(channel: Contact.Channel, direction: Contact.Direction, questions: [Asked]) {
            self.channel = channel
            self.direction = direction
            self.questions = questions
        }
    }

    /// A question and its first ending: answered at once, or with a case.
    public struct Asked: Sendable, Hashable, Codable {
        public var question: ID<Question>
        public var category: ID<Category>?
        /// Whose matter it was then: the case's unit, else the category's, else the contact centre.
        public var unit: ID<Unit>
        public var isAnswered: Bool
        /// The one it opened or joined.
        public var subject: ID<Case>?

        enum CodingKeys: String, CodingKey {
            case question, category, unit
            case isAnswered = "answered"
            case subject = "case"
        }

        public init(
            question: ID<Question>, category: ID<Category>?, unit: ID<Unit>, isAnswered: Bool, subject: ID<Case>?
        ) {
            self.question = question
            self.category = category
            self.unit = unit
            self.isAnswered = isAnswered
            self.subject = subject
        }
    }
}
