import Foundation

/// The order in which people look for names in a list, by language: the same on every machine, whatever its locale.
///
/// Sources: Svenska Akademiens ordlista (w is a letter of its own; ü as y, æ as ä, ø as ö); Norwegian and Danish
/// spelling rules (æ ø å at the end; ä as æ, ö as ø, ü as y, aa as å); CLDR where these say nothing.
public enum Alphabet: Sendable, Hashable {
    case swedish
    /// Norwegian and Danish have the same. aa counts as å in both: Aalborg stands with Ålesund, and a list of names has
    /// many a Haakon for one Aaron.
    case danishNorwegian
    /// Without letters beyond z: accents count only between names that are alike else.
    case english

    /// Nil for a language whose alphabet is not known.
    public init?(language: String) {
        switch language {
        case "sv": self = .swedish
        case "nb", "nn", "no", "da": self = .danishNorwegian
        case "en": self = .english
        default: return nil
        }
    }

    /// Where a text stands. Made once for each text of a list, then compared.
    ///
    /// Numbers count by their size (*Sone 2* before *Sone 10*); spaces and signs part words and come before letters;
    /// small and large letters, and accents, count only between texts that are alike else.
    public func key(_ text: String) -> Key {
        var key = Key(text: text)
        // One sign for a letter and one for each of its marks, whichever way it was typed (NFD).
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        let scalars = Array((isPlain ? text : text.decomposedStringWithCanonicalMapping).unicodeScalars)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            if scalar.isDigit {
                let start = index - 1
                while index < scalars.count, scalars[index].isDigit { index += 1 }
                key.append(number: scalars[start..<index])
            } else if scalar.isWordPart {
                var mark: Unicode.Scalar?
                while index < scalars.count, 0x300...0x36F ~= scalars[index].value {
                    if mark == nil { mark = scalars[index] }
                    index += 1
                }
                let letter = scalar.lowercased
                var isDouble = false
                if self == .danishNorwegian, letter == "a", mark == nil, index < scalars.count,
                    scalars[index].lowercased == "a",
                    index + 1 == scalars.count || !(0x300...0x36F ~= scalars[index + 1].value)
                {
                    isDouble = true
                    index += 1
                }
                append(
                    isDouble ? "å" : Self.composed(letter, mark), mark, isLarge: letter != scalar, isDouble, to: &key)
            } else if !scalar.isInvisible {
                key.appendGap()
            }
        }
        return key
    }

    /// å, ä, ö and ü as one letter again.
    private static func composed(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar?) -> Unicode.Scalar {
        switch (letter, mark?.value) {
        case ("a", 0x30A): "å"
        case ("a", 0x308): "ä"
        case ("o", 0x308): "ö"
        case ("o", 0x30B): "ö"
        case ("u", 0x308), ("u", 0x30B): "ü"
        default: letter
        }
    }

    private func append(
        _ letter: Unicode.Scalar, _ mark: Unicode.Scalar?, isLarge: Bool, _ isDouble: Bool, to key: inout Key
    ) {
        // The letter itself, then the same with an accent, then letters of neighbours that count as the same.
        var difference: UInt32 = isDouble ? 3 : mark == nil ? 0 : 1
        var letters = [letter]
        switch (letter, self) {
        case ("æ", .swedish), ("ä", .danishNorwegian), ("ø", .swedish), ("ö", .danishNorwegian): difference = 2
        case ("œ", .swedish): (letters, difference) = (["ö"], 2)
        case ("œ", .danishNorwegian): (letters, difference) = (["ø"], 2)
        case ("å", _), ("ä", _), ("ö", _), ("æ", _), ("ø", _):
            if !isDouble { difference = 0 }
            if self == .english {
                letters = letter == "æ" ? ["a", "e"] : letter == "å" || letter == "ä" ? ["a"] : ["o"]
                difference = 1
            }
        case ("ü", _): (letters, difference) = (self == .english ? ["u"] : ["y"], 2)
        case ("œ", _): (letters, difference) = (["o", "e"], 2)
        case ("ß", _): (letters, difference) = (["s", "s"], 2)
        case ("þ", _): (letters, difference) = (["t", "h"], 2)
        case ("đ", _), ("ð", _): (letters, difference) = (["d"], 2)
        case ("ł", _): (letters, difference) = (["l"], 2)
        case ("ŋ", _): (letters, difference) = (["n"], 2)
        case ("ŧ", _): (letters, difference) = (["t"], 2)
        case ("ı", _): (letters, difference) = (["i"], 2)
        default: break
        }
        for letter in letters { key.append(rank(letter), difference * 2 + (isLarge ? 1 : 0)) }
    }

    private func rank(_ letter: Unicode.Scalar) -> UInt32 {
        let last: UInt32 = 0x10100
        switch (letter, self) {
        case ("å", .swedish), ("æ", .danishNorwegian), ("ä", .danishNorwegian): return last
        case ("ä", .swedish), ("æ", .swedish), ("ø", .danishNorwegian), ("ö", .danishNorwegian): return last + 1
        case ("ö", .swedish), ("ø", .swedish), ("å", .danishNorwegian): return last + 2
        // a–z; then whatever other alphabets have.
        default: return 0x10000 + letter.value + (letter.value < 0x80 ? 0 : 0x1000)
        }
    }

    /// Compares as the alphabet has it; two different texts are never equal.
    public struct Key: Comparable, Sendable {
        private var letters: [UInt32] = []
        private var differences: [UInt32] = []
        private let text: String

        fileprivate init(text: String) {
            self.text = text
            letters.reserveCapacity(text.utf8.count)
        }

        fileprivate mutating func append(_ letter: UInt32, _ difference: UInt32) {
            letters.append(letter)
            differences.append(difference)
        }

        fileprivate mutating func appendGap() {
            if letters.last != 1, !letters.isEmpty { append(1, 0) }
        }

        /// More digits are a larger number, once the zeros in front are gone.
        fileprivate mutating func append(number: ArraySlice<Unicode.Scalar>) {
            let digits = number.drop { $0 == "0" }
            append(0x100 + UInt32(min(digits.count, 0xF000)), 0)
            for digit in digits { append(2 + digit.value - 48, 0) }
        }

        public static func < (one: Self, other: Self) -> Bool {
            if one.letters != other.letters { return one.letters.lexicographicallyPrecedes(other.letters) }
            if one.differences != other.differences {
                return one.differences.lexicographicallyPrecedes(other.differences)
            }
            return one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
        }

        public static func == (one: Self, other: Self) -> Bool { one.text.utf8.elementsEqual(other.text.utf8) }
    }
}

extension Sequence {
    /// By name.
    ///
    /// - Parameter id: by this what has the same name, so that a list stands alike whenever it is shown.
    public func sorted(
        in alphabet: Alphabet, by name: (Element) -> String, id: (Element) -> Int64 = { _ in 0 }
    ) -> [Element] {
        map { (alphabet.key(name($0)), id($0), $0) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }
}
