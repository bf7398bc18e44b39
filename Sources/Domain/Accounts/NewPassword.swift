import Foundation

/// The rules for a new password (OWASP ASVS 5.0, 6.2): long enough, none of the commonest, and not made of what
/// everybody knows about the account. No demand for odd characters.
public struct NewPassword: Sendable {
    /// In characters. The longest is far beyond the 64 that must be accepted.
    public static let lengths = 10...200

    /// What is known about the account: login, name, e-mail address, the municipality's name. In any form.
    public var known: [String]
    /// Whether a text in small letters is one of the commonest passwords.
    public var isCommon: @Sendable (String) -> Bool

    public init(known: [String], isCommon: @escaping @Sendable (String) -> Bool) {
        self.known = known
        self.isCommon = isCommon
    }

    /// The code of what is wrong, or nil. Linear in the length of the password.
    public func fault(in password: String) -> String? {
        // Counting characters takes longer than all the rest, and no text has more of them than bytes.
        guard password.utf8.count <= Self.lengths.upperBound * 4 else { return "too_long" }
        // As it is hashed: å is one character, however a keyboard sends it.
        let password = password.precomposedStringWithCanonicalMapping
        if password.count > Self.lengths.upperBound { return "too_long" }
        if password.count < Self.lengths.lowerBound { return "password_too_short" }
        let small = password.lowercased()
        if isTooCommon(small) { return "password_common" }
        var rest = small
        for word in words { rest = rest.replacing(word, with: " ") }
        guard rest != small else { return nil }
        let core = Self.core(of: rest.filter { !$0.isWhitespace })
        return core.count < 4 || isTooCommon(core) ? "password_own_words" : nil
    }

    /// In the list, by itself, without the signs that people put around a word, with letters for the signs that stand
    /// for them, or said several times; or a run such as 1234567890.
    private func isTooCommon(_ small: String) -> Bool {
        let core = Self.core(of: small)
        let spelt = [small, core, Self.plain(core, one: "i"), Self.plain(core, one: "l")]
        return spelt.contains { isCommon($0) || isCommon(Self.unit(of: $0)) } || Self.isRun(small)
            || Self.period(of: small) <= 4
    }

    /// The words of what is known, from three letters on; the product's own name too.
    private var words: [String] {
        let parts = known.flatMap { text -> [String] in
            let small = text.precomposedStringWithCanonicalMapping.lowercased()
            return [small] + small.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        }
        // The longest first: what a shorter one leaves of it would hide it.
        return Set(parts + ["torg"]).filter { $0.count >= 3 }.sorted { ($0.count, $0) > ($1.count, $1) }
    }

    /// Without digits and signs at both ends: `1dragon2026!!` is dragon.
    private static func core(of text: String) -> String {
        let start = text.drop { !$0.isLetter }
        guard let last = start.lastIndex(where: \.isLetter) else { return "" }
        return String(start[...last])
    }

    /// `p@ssw0rd` is password. A one can stand for i or l.
    private static func plain(_ text: String, one: Character) -> String {
        let letters: [Character: Character] = [
            "0": "o", "1": one, "!": one, "3": "e", "4": "a", "@": "a", "5": "s", "$": "s", "7": "t", "8": "b",
        ]
        return String(text.map { letters[$0] ?? $0 })
    }

    /// The shortest text that, said again and again, is this one; the text itself when it repeats nothing.
    private static func unit(of text: String) -> String {
        let period = period(of: text)
        return period > 0 && text.count.isMultiple(of: period) ? String(text.prefix(period)) : text
    }

    /// After how many characters it begins anew: the longest beginning that is also an end (Knuth, Morris and Pratt)
    /// tells it, in linear time.
    private static func period(of text: String) -> Int {
        let letters = Array(text)
        guard letters.count > 1 else { return letters.count }
        var borders = [Int](repeating: 0, count: letters.count)
        for index in 1..<letters.count {
            var border = borders[index - 1]
            while border > 0 && letters[index] != letters[border] { border = borders[border - 1] }
            borders[index] = letters[index] == letters[border] ? border + 1 : 0
        }
        return letters.count - borders[letters.count - 1]
    }

    /// Each character the next one, or the one before: `1234567890`, `abcdefghijk`, `9876543210`.
    private static func isRun(_ text: String) -> Bool {
        let values = text.unicodeScalars.map { Int($0.value) }
        let steps = zip(values, values.dropFirst()).map { ($1 - $0, $0) }
        let nine = Int(UInt8(ascii: "9"))
        return steps.allSatisfy { $0.0 == 1 || ($0.0 == -9 && $0.1 == nine) }
            || steps.allSatisfy { $0.0 == -1 || ($0.0 == 9 && $0.1 == nine - 9) }
    }
}
