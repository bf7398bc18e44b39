/// Where a case stands. "Feedback given" is a mark with a time on the case, not a state.
public enum CaseState: String, Sendable, Hashable, CaseIterable, Codable {
    /// Nobody has it yet.
    case new
    /// A receiver is chosen and has not acknowledged.
    case passedOn
    /// Somebody has it.
    case underway
    /// Put aside until a promised time.
    case parked
    /// A question to the citizen is open; the clocks stand still.
    case awaitingCitizen
    /// Solved and answered, or refused with a reason.
    case closed

    public var isOpen: Bool { self != .closed }
}
