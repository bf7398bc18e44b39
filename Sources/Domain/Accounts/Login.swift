import Foundation

/// The name that somebody logs in with.
public enum Login {
    /// Of a new one, in characters.
    public static let lengths = 2...60

    /// Whether it may be given to somebody: `a`–`z`, the Nordic letters, é and ü, digits and `.-_@` (an e-mail address
    /// may serve as one), in small letters. Nothing that looks like another letter, and nothing invisible: two people
    /// must never be taken for each other in a list. Logins from before this rule go on working.
    public static func isPlain(_ text: String) -> Bool {
        lengths.contains(text.unicodeScalars.count) && text.unicodeScalars.allSatisfy(plain.contains)
    }

    private static let plain = Set("abcdefghijklmnopqrstuvwxyzåäöæøéü0123456789.-_@".unicodeScalars)

    /// The form in which logins are compared and tries are counted: Unicode's NFKC with small letters and without
    /// what nobody sees, so that every way to type a login is the same one. Linear.
    public static func folded(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            $0 < 0x7F && $0 > 0x20 && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
        }
        if isPlain { return text }
        let small = text.precomposedStringWithCompatibilityMapping.lowercased()
        var seen = String.UnicodeScalarView()
        seen.append(contentsOf: small.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint })
        // Taking something away can bring a letter and its accent together.
        return String(seen).precomposedStringWithCompatibilityMapping
    }
}
