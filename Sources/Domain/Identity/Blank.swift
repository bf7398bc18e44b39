extension StringProtocol {
    /// Nothing but white space.
    public var isBlank: Bool { allSatisfy(\.isWhitespace) }
}

extension String? {
    public var isBlank: Bool { self?.isBlank ?? true }
}
