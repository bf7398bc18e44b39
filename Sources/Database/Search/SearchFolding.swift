import Foundation

/// Gathers the signs of one word, folded to what it is found by: small letters without accents (é is e, ü is u), one form
/// whichever way a letter was typed (NFC, NFD), without invisible signs. The same for the index and for what is sought.
struct SearchFolding {
    private var plain = String.UnicodeScalarView()
    private var nordic = String.UnicodeScalarView()
    private var count = 0
    private var hasNordicLetter = false
    private var hasTwoForOne = false
    /// a, o or whatever stood last, while marks may still follow.
    private var last: Unicode.Scalar?

    var isEmpty: Bool { count == 0 }

    /// False for what is no part of a word.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            guard let letter = Self.asciiLetter(scalar) else { return false }
            append(letter)
            return true
        }
        switch scalar {
        case "å", "Å": append("a", "a")
        case "ä", "Ä", "æ", "Æ": append("a", "e")
        case "ö", "Ö", "ø", "Ø": append("o", "e")
        case "\u{300}"..."\u{36F}": mark(scalar)
        default:
            guard Self.isLetter(scalar) else { return false }
            for folded in Self.folded(scalar) {
                switch folded {
                case "æ": append("a", "e")
                case "ø": append("o", "e")
                case "\u{300}"..."\u{36F}": mark(folded)
                default: append(folded)
                }
            }
        }
        return true
    }

    /// The word, if there is one; the next begins.
    mutating func part() -> SearchText.Part? {
        defer { self = SearchFolding() }
        guard count > 0 else { return nil }
        return SearchText.Part(
            plain: hasNordicLetter ? nil : SearchText.cut(String(plain)),
            nordic: hasNordicLetter || hasTwoForOne ? SearchText.cut(String(nordic)) : nil)
    }

    private mutating func append(_ letter: Unicode.Scalar) {
        count += 1
        // What is cut off afterwards is not gathered; a letter of two more than is kept.
        if count > SearchText.longestWord + 2 { return }
        if letter == "a" || letter == "e", last == "a" || (letter == "e" && last == "o") { hasTwoForOne = true }
        plain.append(letter)
        nordic.append(letter)
        last = letter
    }

    /// A letter of the Nordic alphabets, as the two that people write for it.
    private mutating func append(_ first: Unicode.Scalar, _ second: Unicode.Scalar) {
        append(first)
        append(second)
        last = nil
        hasNordicLetter = true
    }

    /// A ring or two dots over a and o make another letter; what else stands over or under a letter goes.
    private mutating func mark(_ mark: Unicode.Scalar) {
        guard let letter = last else { return }
        last = nil
        switch (letter, mark) {
        case ("a", "\u{30A}"): complete("a")
        case ("a", "\u{308}"), ("o", "\u{308}"): complete("e")
        default: break
        }
    }

    private mutating func complete(_ second: Unicode.Scalar) {
        append(second)
        last = nil
        hasNordicLetter = true
    }

    private static func asciiLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: scalar
        case 0x41...0x5A: Unicode.Scalar(UInt8(scalar.value) + 32)
        default: nil
        }
    }

    /// In small letters and taken apart, with what no decomposition takes apart.
    private static func folded(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        scalar.value < table.count + tableStart ? table[Int(scalar.value) - tableStart] : takenApart(scalar)
    }

    private static func takenApart(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        switch scalar {
        case "ß", "ẞ": "ss".unicodeScalars
        case "œ", "Œ": "oe".unicodeScalars
        case "þ", "Þ": "th".unicodeScalars
        case "đ", "Đ", "ð", "Ð": "d".unicodeScalars
        case "ł", "Ł": "l".unicodeScalars
        case "ŋ", "Ŋ": "n".unicodeScalars
        case "ŧ", "Ŧ": "t".unicodeScalars
        case "ı": "i".unicodeScalars
        default: scalar.properties.lowercaseMapping.decomposedStringWithCanonicalMapping.unicodeScalars
        }
    }

    /// Of what the Latin, Greek and Cyrillic alphabets hold beyond ASCII: looked up, since Foundation takes its time.
    private static let tableStart = 0x80
    private static let table: [String.UnicodeScalarView] = (tableStart..<0x530).map { value in
        Unicode.Scalar(UInt32(value)).map(takenApart) ?? "".unicodeScalars
    }

    /// Soft hyphens, zero-width signs, marks of direction: nobody sees where a pasted word holds them.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0xAD && (scalar.properties.generalCategory == .format || 0xFE00...0xFE0F ~= scalar.value)
    }

    static func isHyphen(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "-" || 0x2010...0x2015 ~= scalar.value || scalar == "\u{2212}"
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .nonspacingMark, .spacingMark:
            return true
        default: return false
        }
    }
}
