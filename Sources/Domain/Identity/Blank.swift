extension StringProtocol {
    /// Nothing but white space.
    public var isBlank: Bool { allSatisfy(\.isWhitespace) }

    /// Without white space and line ends around it.
    public var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(self[first..<scalars.index(after: last)])
    }
}

extension String? {
    public var isBlank: Bool { self?.isBlank ?? true }
}
