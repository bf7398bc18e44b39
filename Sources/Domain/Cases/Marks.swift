/// What a case is marked with beside its state. Whatever comes to a case later, a further contact or another category,
/// may only add to it: the marks protect somebody, and only a decision about the case itself takes one away.
public struct Marks: Sendable, Hashable {
    public var isAcute: Bool
    public var isConfidential: Bool
    public var mustBeAnswered: Bool

    public init(isAcute: Bool = false, isConfidential: Bool = false, mustBeAnswered: Bool = false) {
        self.isAcute = isAcute
        self.isConfidential = isConfidential
        self.mustBeAnswered = mustBeAnswered
    }

    /// As the history tells them: raw values are stored. The words are `case.<raw value>`.
    public enum Name: String, Sendable, Hashable, Codable, CaseIterable {
        case acute, confidential
        case mustBeAnswered = "must_be_answered"
    }

    /// Nil for none.
    var names: [Name]? {
        let names: [Name] = [
            isAcute ? .acute : nil, isConfidential ? .confidential : nil, mustBeAnswered ? .mustBeAnswered : nil,
        ].compactMap(\.self)
        return names.isEmpty ? nil : names
    }
}

extension Case {
    /// It is acute, and nobody has said that they have it: it stands above all others (R1.10).
    public var isUnacknowledgedAcute: Bool { isAcute && acknowledgedAt == nil && state.isOpen }

    /// Those that the case does not have yet. What is closed waits for nobody, so it does not become acute.
    func added(by marks: Marks) -> Marks {
        Marks(
            isAcute: marks.isAcute && !isAcute && state.isOpen, isConfidential: marks.isConfidential && !isConfidential,
            mustBeAnswered: marks.mustBeAnswered && !mustBeAnswered)
    }

    mutating func add(_ marks: Marks) {
        if marks.isAcute { isAcute = true }
        if marks.isConfidential { isConfidential = true }
        if marks.mustBeAnswered { mustBeAnswered = true }
    }
}
