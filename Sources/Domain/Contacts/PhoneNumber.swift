/// A telephone number: digits, perhaps with a leading +.
public struct PhoneNumber: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// Spaces, dashes, dots, slashes, brackets and invisible signs are dropped, `00` in front becomes `+`, and the `(0)`
    /// or 0 after a Nordic country code goes, with a + in front or without; 3–15 digits (E.164).
    public init?(_ text: String) { self.init(text.unicodeScalars) }

    /// A number as people type or paste it, with words around it: `tlf. 900 12 345 (mobil)`. Nil where the digits are not
    /// one number, as in `Storgata 12, 0155 Oslo`.
    public static func typed(_ text: String) -> PhoneNumber? {
        let scalars = text.unicodeScalars.map(\.halfWidth)
        guard let first = scalars.firstIndex(where: \.isDigit), let last = scalars.lastIndex(where: \.isDigit) else {
            return nil
        }
        var start = first
        while start > 0, scalars[start - 1].isSpace || scalars[start - 1].isInvisible || scalars[start - 1] == "(" {
            start -= 1
        }
        start = start > 0 && scalars[start - 1] == "+" ? start - 1 : first
        guard let number = PhoneNumber(scalars[start...last]) else { return nil }
        // Beside words a house number or a year is no telephone, nor are the digits of an e-mail address.
        let around = scalars[..<start] + scalars[(last + 1)...]
        let isAlone = around.allSatisfy { !$0.isWordPart && !"@#*+".unicodeScalars.contains($0) }
        return isAlone || (number.digits.count >= 6 && !around.contains("@")) ? number : nil
    }

    private init?(_ scalars: some Sequence<Unicode.Scalar>) {
        var signs: [Unicode.Scalar] = []
        for scalar in scalars.lazy.map(\.halfWidth)
        where !scalar.isInvisible && !scalar.isSpace && !scalar.isDash && scalar != "." && scalar != "/" {
            guard scalar.isDigit || "+()".unicodeScalars.contains(scalar), signs.count < 40 else { return nil }
            signs.append(scalar)
        }
        let start = signs.drop { $0 == "(" }
        // In +46 (0)70 the bracket holds what is dialled at home only.
        if start.first == "+" || start.prefix(2).elementsEqual(["0", "0"]) {
            let at = signs.indices.first { signs[$0...].prefix(3).elementsEqual(["(", "0", ")"]) }
            if let at { signs.removeSubrange(at..<(at + 3)) }
        }
        var kept = String(String.UnicodeScalarView(signs.filter { $0 != "(" && $0 != ")" }))
        if kept.hasPrefix("00") { kept = "+" + kept.dropFirst(2) }
        let digits = kept.hasPrefix("+") ? kept.dropFirst() : kept[...]
        guard (3...15).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        let isInternational = kept.hasPrefix("+")
        description = (isInternational ? "+" : "") + Self.withoutTrunk(digits, isInternational: isInternational)
    }

    /// Without the 0 that is dialled at home only, after the country code: +46 070. Where no + says that there is one, a
    /// number is as long as with a country code, as no number is at home.
    private static func withoutTrunk(_ digits: Substring, isInternational: Bool) -> Substring {
        let count = digits.utf8.count
        let isTrunk =
            digits.hasPrefix("460") && (isInternational || (11...12).contains(count))
            || (count == 11 && (digits.hasPrefix("470") || digits.hasPrefix("450")))
        return isTrunk ? digits.prefix(2) + digits.dropFirst(3) : digits
    }

    /// Without the +.
    public var digits: Substring { description.hasPrefix("+") ? description.dropFirst() : description[...] }

    /// The same telephone has one key, however it is written: the digits from the country code on.
    ///
    /// - Parameter country: whose number it is when no country code says so.
    public func lookupKey(in country: Country) -> String {
        if description.hasPrefix("+") || Self.hasCountryCode(digits) { return String(digits) }
        let isTrunk = digits.first == "0" && (country == .sweden || digits.utf8.count == 9)
        return String(country.callingCode.dropFirst() + (isTrunk ? digits.dropFirst() : digits))
    }

    /// As it is dialled in the country; nil for a number from elsewhere.
    public func national(in country: Country) -> String? {
        let (key, code) = (lookupKey(in: country), country.callingCode.dropFirst())
        guard key.hasPrefix(code) else { return nil }
        return (country == .sweden ? "0" : "") + key.dropFirst(code.count)
    }

    /// Somebody left out the + of `47 900 12 345`: at home no number is so long, or in Sweden begins so.
    private static func hasCountryCode(_ digits: Substring) -> Bool {
        let rest = digits.dropFirst(2)
        guard let first = rest.first else { return false }
        return switch digits.prefix(2) {
        case "47", "45": rest.utf8.count == 8 && first != "0" && first != "1"
        case "46": (8...9).contains(rest.utf8.count) && first != "0"
        default: false
        }
    }
}
