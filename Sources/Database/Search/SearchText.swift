import Foundation

/// Cuts text into what the index holds: stems of words, and numbers, in lower case.
/// å, ä, ö, æ and ø are letters of their own and stay; two ways to write the same letter become one.
public enum SearchText {
    /// A word longer than this is cut, in characters.
    static let longestWord = 40
    /// More different tokens than this are left out: a bound for what one pasted document can cost.
    static let mostTokens = 1000

    /// The different tokens of a text, in the order they come first. More than one language gives each one's stem.
    public static func tokens(_ text: String, languages: [SearchLanguage]) -> [String] {
        let stemmers = languages.map(Stemmer.init)
        var seen: Set<String> = []
        var tokens: [String] = []
        for word in words(text) {
            for token in [word.whole].compactMap(\.self) + word.parts.flatMap({ stems($0, by: stemmers) })
            where tokens.count < mostTokens && seen.insert(token).inserted {
                tokens.append(token)
            }
        }
        return tokens
    }

    /// A word; or numbers tied by hyphens, such as a case number, which is found whole and by its parts.
    struct Word {
        let whole: String?
        let parts: [String]
    }

    static func words(_ text: String) -> [Word] {
        var words: [Word] = []
        var parts: [String] = []
        var current = String.UnicodeScalarView()
        func endPart() {
            if !current.isEmpty { parts.append(cut(String(current))) }
            current = String.UnicodeScalarView()
        }
        func endWord() {
            endPart()
            if parts.count > 1, parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }) {
                words.append(Word(whole: cut(parts.joined(separator: "-")), parts: parts))
            } else {
                words.append(contentsOf: parts.map { Word(whole: nil, parts: [$0]) })
            }
            parts = []
        }
        for scalar in composed(text.lowercased()).unicodeScalars {
            if isLetter(scalar) {
                current.append(scalar)
            } else if scalar == "-", !current.isEmpty {
                endPart()
            } else {
                endWord()
            }
        }
        endWord()
        return words
    }

    private static func cut(_ word: String) -> String {
        word.utf8.count <= longestWord ? word : String(word.prefix(longestWord))
    }

    /// With one way to write each letter (NFC). No letter below the combining marks has another.
    private static func composed(_ text: String) -> String {
        text.unicodeScalars.allSatisfy { $0.value < 0x300 } ? text : text.precomposedStringWithCanonicalMapping
    }

    /// The different stems of a word; a number is its own.
    static func stems(_ word: String, by stemmers: [Stemmer]) -> [String] {
        guard !word.utf8.allSatisfy(isDigit), !stemmers.isEmpty else { return [word] }
        var stems: [String] = []
        for stem in stemmers.map({ $0.stem(word) }) where !stems.contains(stem) { stems.append(stem) }
        return stems
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return 0x30...0x39 ~= scalar.value || 0x61...0x7A ~= scalar.value || 0x41...0x5A ~= scalar.value
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .nonspacingMark, .spacingMark:
            return true
        default: return false
        }
    }
}
