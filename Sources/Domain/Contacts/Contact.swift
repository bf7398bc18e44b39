import Foundation

/// One moment of contact, on one channel, with one or more questions (R1.1).
public struct Contact: Sendable, Hashable {
    public enum Channel: String, Sendable, Hashable, CaseIterable, Codable {
        case selfService = "self_service"
        case telephone, visit, email, letter, web
        case digitalPost = "digital_post"
        case sms, chat
        case socialMedia = "social_media"
    }

    public enum Direction: String, Sendable, Hashable, CaseIterable, Codable {
        case incoming = "in"
        case outgoing = "out"
    }

    public let id: ID<Contact>
    public var at: Instant
    public var channel: Channel
    public var direction: Direction
    public var person: Person
    /// Who registered it; nil when the citizen did.
    public var registeredBy: ID<User>?
    public var questions: [Question]
    /// When it was erased who it was.
    public var erasure: ID<Erasure>?

    /// Some of it was joined to a confidential case from outside, and its unit has not said yet that it is a reporter's.
    public var isHeld: Bool { questions.contains(where: \.isHeld) }

    /// More than this in one call is a mistake of the sender.
    public static let maximumQuestions = 20

    public init(
        id: ID<Contact>, at: Instant, channel: Channel, direction: Direction = .incoming, person: Person = Person(),
        registeredBy: ID<User>?, questions: [Question]
    ) {
        self.id = id
        self.at = at
        self.channel = channel
        self.direction = direction
        self.person = person
        self.registeredBy = registeredBy
        self.questions = questions
    }
}

/// One thing that was asked or told in a contact. It was answered at once, or it belongs to a case.
public struct Question: Sendable, Hashable {
    public let id: ID<Question>
    public var text: String
    public var category: ID<Category>?
    /// The answer given at once, if there was one to write down.
    public var answer: String?
    public var isAnswered: Bool
    public var caseID: ID<Case>?
    /// Joined to a confidential case by somebody who may not read it: its address does not lead there until the case's
    /// unit has said so.
    public var isHeld: Bool
    /// When its words were erased.
    public var erasure: ID<Erasure>?

    public init(
        id: ID<Question>, text: String, category: ID<Category>? = nil, isAnswered: Bool = false, answer: String? = nil,
        caseID: ID<Case>? = nil, isHeld: Bool = false
    ) {
        self.id = id
        self.text = text
        self.category = category
        self.isAnswered = isAnswered
        self.answer = answer
        self.caseID = caseID
        self.isHeld = isHeld
    }
}
