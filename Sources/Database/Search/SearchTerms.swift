/// What somebody searches for, as expressions over tokens. Nothing of it is ever read as an operator: it holds
/// letters, digits and hyphens only.
struct SearchTerms {
    /// One of them must be found.
    let alternatives: [[Term]]

    var isEmpty: Bool { alternatives.isEmpty }

    /// All terms of an alternative must be found: any of the tokens, or any token that begins with one of the prefixes.
    struct Term {
        var tokens: [String]
        var prefixes: [String]
        /// Matches so many words that it is better looked for within what another word has found.
        var isShort: Bool
    }

    /// More words than this are left out.
    private static let mostTerms = 10
    /// Shorter beginnings of a word match so much that they only match themselves. In characters.
    private static let shortestPrefix = 2
    private static let shortPrefix = 3

    /// - Parameter readers: whose own words are looked up besides those for everybody.
    init(_ sought: [SoughtWords], tenant: Int64, readers: [Int64], languages: [SearchLanguage]) {
        let stemmers = languages.map(Stemmer.init)
        let marks = ([nil] + readers).map { TokenMark(tenant: tenant, reader: $0) }
        alternatives = sought.flatMap { sought in
            let words = Self.words(sought, stemmers)
            return words.isEmpty ? [] : marks.map { mark in words.map { $0.marked(mark) } }
        }
    }

    private static func words(_ sought: SoughtWords, _ stemmers: [Stemmer]) -> [SoughtTerm] {
        let found = SearchText.words(sought.text).prefix(mostTerms)
        var terms = sought.numbers.map { SoughtTerm(plain: [$0]) }
        for (index, word) in found.enumerated() {
            let isLast = index == found.count - 1
            guard let whole = word.whole else {
                terms += word.parts.map { SoughtTerm($0, isPrefix: isLast, stemmers) }
                continue
            }
            // The beginning of a case number matches as it is typed; further on its parts must all be there.
            if isLast {
                terms.append(SoughtTerm(plain: [whole], plainPrefix: whole))
            } else {
                terms += word.parts.compactMap(\.plain).map { SoughtTerm(plain: [$0]) }
            }
        }
        return terms
    }

    /// A term before it is marked as somebody's.
    private struct SoughtTerm {
        var plain: [String] = []
        var nordic: [String] = []
        var plainPrefix: String?
        var nordicPrefix: String?

        init(plain: [String], plainPrefix: String? = nil) {
            self.plain = plain
            self.plainPrefix = plainPrefix
        }

        init(_ part: SearchText.Part, isPrefix: Bool, _ stemmers: [Stemmer]) {
            plain = part.plain.map { SearchText.stems($0, by: stemmers) } ?? []
            nordic = part.nordic.map { SearchText.stems($0, by: stemmers) } ?? []
            guard isPrefix else { return }
            plainPrefix = part.plain.flatMap { $0.utf8.count >= shortestPrefix ? $0 : nil }
            // å alone has two signs here, and is one letter.
            nordicPrefix = part.nordic.flatMap { part.plain == nil && $0.utf8.count <= 2 ? nil : $0 }
        }

        func marked(_ mark: TokenMark) -> Term {
            let prefixes =
                [plainPrefix.map { mark.plain + $0 }, nordicPrefix.map { mark.nordic + $0 }].compactMap(\.self)
            return Term(
                tokens: plain.map { mark.plain + $0 } + nordic.map { mark.nordic + $0 }, prefixes: prefixes,
                isShort: [plainPrefix, nordicPrefix].contains { ($0?.utf8.count ?? .max) <= shortPrefix })
        }
    }
}

/// What stands before every token in the index.
///
/// Each municipality has its own lists of hits, so that a common word in a large neighbour costs nothing; and so has each
/// unit for its confidential cases: who may not read them does not even pass over them, and no search takes longer
/// because a word stands in one.
struct TokenMark {
    /// Four characters each, which the index's prefixes count on. Should two municipalities share them, the condition on
    /// the municipality still keeps them apart.
    let plain: String
    let nordic: String

    /// - Parameter reader: the unit whose the words are; nil when they are for all.
    init(tenant: Int64, reader: Int64? = nil) {
        // The id itself, and no hash of it: two units must never share a list.
        let own = reader.map { "-" + String(UInt64(bitPattern: $0), radix: 36) + "-" } ?? ""
        plain = Self.hash(UInt64(bitPattern: tenant)) + own
        nordic = Self.hash(UInt64(bitPattern: tenant) ^ 0x5DEE_CE66_D1CE_4E5B) + own
    }

    func token(_ token: SearchText.Token) -> String { (token.isNordic ? nordic : plain) + token.text }

    private static func hash(_ value: UInt64) -> String {
        var hash = value &+ 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        hash ^= hash >> 31
        let digits = String(hash % 1_679_616, radix: 36)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
