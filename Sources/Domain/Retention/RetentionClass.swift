/// What a municipality sets one time for, after which it is erased. Which columns these are, and how they go, says the
/// register of personal data.
public enum RetentionClass: String, Sendable, CaseIterable, Codable {
    /// What was asked and answered at once, and who asked; from the contact on.
    case answered
    /// Who reported a case, and the messages about it; from its closing on. At the latest they go with the case.
    case reporters
    /// What was asked, answered and done in a case; from its closing on.
    case cases
    /// Who has read what is confidential; from the reading on.
    case readings

    /// The months that may be set. Who has read what is confidential must not be forgotten before anybody has asked.
    public var months: ClosedRange<Int> { self == .readings ? 24...1_200 : 1...1_200 }

    /// What Torg proposes, in months. No law says a number: the municipality's decision does.
    public var proposedMonths: Int {
        switch self {
        case .answered: 12
        case .reporters: 24
        case .cases, .readings: 60
        }
    }
}
