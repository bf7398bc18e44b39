extension StringProtocol {
    /// Nothing but white space.
    public var isBlank: Bool { allSatisfy(\.isWhitespace) }

    /// Without white space and line ends around it, and without the zero-width ones that come with what is pasted.
    public var trimmed: String {
        let scalars = unicodeScalars
        let isSeen = { (scalar: Unicode.Scalar) in
            !scalar.properties.isWhitespace && scalar != "\u{200B}" && scalar != "\u{FEFF}"
        }
        guard let first = scalars.firstIndex(where: isSeen), let last = scalars.lastIndex(where: isSeen) else {
            return ""
        }
        return String(self[first..<scalars.index(after: last)])
    }
}

extension String? {
    public var isBlank: Bool { self?.isBlank ?? true }
}
