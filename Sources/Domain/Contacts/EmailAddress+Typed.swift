extension EmailAddress {
    /// An address as people paste it, with what mail programs, lists and sentences put around it: `Kari <kari@x.no>`,
    /// `mailto:kari@x.no`, `“kari@x.no”,`. Nil where it is not one address: words beside it without a sign between may
    /// belong to it, as in `kari nordmann@x.no`.
    ///
    /// Linear in the length of the text.
    public static func typed(_ text: String) -> EmailAddress? {
        var signs = text.unicodeScalars.filter { !$0.isInvisible }.map(\.halfWidth)[...]
        if let bracketed = bracketed(signs) {
            signs = bracketed
        } else if signs.contains(where: isOpening), signs.count(where: { $0 == "@" }) > 1 {
            return nil
        }
        // E-post: kari@x.no
        if let colon = signs.lastIndex(of: ":"), !signs[..<colon].contains("@") { signs = signs[(colon + 1)...] }
        // What the link of a web page asks a mail program for.
        if let at = signs.firstIndex(of: "@"), let end = signs[at...].firstIndex(of: "?") { signs = signs[..<end] }
        let plain = trimmed(signs)
        return EmailAddress(string(plain)) ?? EmailAddress(string(withoutPair(plain)))
    }

    /// Between the one pair of angle brackets there is.
    private static func bracketed(_ signs: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar>? {
        guard let start = signs.firstIndex(where: isOpening), let end = signs[start...].firstIndex(where: isClosing),
            !signs[(start + 1)...].contains(where: isOpening), !signs[end...].contains("@")
        else { return nil }
        return signs[(start + 1)..<end]
    }

    private static func isOpening(_ scalar: Unicode.Scalar) -> Bool { "<‹〈".unicodeScalars.contains(scalar) }
    private static func isClosing(_ scalar: Unicode.Scalar) -> Bool { ">›〉".unicodeScalars.contains(scalar) }

    /// Without what no address begins or ends with: everything but letters and digits, of ASCII that which may not stand
    /// before the @, and a point.
    private static func trimmed(_ signs: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        func isAround(_ scalar: Unicode.Scalar) -> Bool {
            scalar.isASCII ? " \t\r\n.,;:\"()<>[]\\".unicodeScalars.contains(scalar) : !scalar.isWordPart
        }
        let end = signs.lastIndex { !isAround($0) && $0 != "!" }.map { $0 + 1 } ?? signs.startIndex
        return signs[..<end].drop(while: isAround)
    }

    /// Signs of one kind on both sides, which could stand before the @ as well: 'kari@x.no', *kari@x.no*.
    private static func withoutPair(_ signs: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        guard signs.count > 2, let first = signs.first, first == signs.last, !first.isWordPart else { return signs }
        return trimmed(signs.dropFirst().dropLast())
    }

    private static func string(_ signs: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: signs)
        return String(text)
    }
}
