/// What must happen next. Raw values are `next_due_kind` in the database and the API.
public enum DeadlineKind: String, CaseIterable, Sendable, Codable {
    /// The receiver says "I have it".
    case acknowledge
    /// The citizen hears from us.
    case feedback
    /// A complaint is answered.
    case answer
    case callBack = "call_back"
    case close
    /// The promised time until which the case was put aside.
    case parking
    /// The citizen was asked something and is reminded.
    case awaitingCitizen = "awaiting_citizen"
    /// The contractor who has the case asked something and is answered.
    case contractorQuestion = "contractor_question"
    /// The citizen is told what was written to them, because no message reached them.
    case tell
    /// A measure is done, on closed cases too (R5.8).
    case measure
}

public struct Deadline: Hashable, Sendable, Codable {
    public let kind: DeadlineKind
    public let at: Instant

    public init(kind: DeadlineKind, at: Instant) {
        self.kind = kind
        self.at = at
    }
}

extension FirstAnswer {
    public var deadlineKind: DeadlineKind {
        switch self {
        case .feedback: .feedback
        case .complaintAnswer: .answer
        case .callBack: .callBack
        }
    }
}
