/// What somebody searches for, as expressions over tokens. Nothing of it is ever read as an operator: it holds
/// letters, digits and hyphens only.
struct SearchTerms {
    /// All of them must be found.
    let terms: [Term]

    /// Any of the tokens, or any token that begins with the prefix.
    struct Term {
        var tokens: [String]
        var prefix: String?
    }

    /// More words than this are left out.
    private static let mostTerms = 10
    /// Shorter beginnings of a word match so much that they only match themselves. In characters.
    private static let shortestPrefix = 2

    init(terms: [Term]) {
        self.terms = terms
    }

    init(_ words: String, tenant: Int64, languages: [SearchLanguage]) {
        let stemmers = languages.map(Stemmer.init)
        let mark = Self.mark(of: tenant)
        let found = SearchText.words(words).prefix(Self.mostTerms)
        var terms: [Term] = []
        for (index, word) in found.enumerated() {
            let isLast = index == found.count - 1
            // The beginning of a case number matches as it is typed; further on its parts must all be there.
            let parts = if isLast, let whole = word.whole { [whole] } else { word.parts }
            for part in parts {
                let stems = word.whole == nil ? SearchText.stems(part, by: stemmers) : [part]
                let prefix = isLast && part.count >= Self.shortestPrefix ? mark + part : nil
                terms.append(Term(tokens: stems.map { mark + $0 }, prefix: prefix))
            }
        }
        self.terms = terms
    }

    /// Stands before every token in the index, so that each municipality has its own lists of hits and a common word
    /// in a large neighbour costs nothing. Four characters; should two municipalities share them, the condition on
    /// the municipality still keeps them apart.
    static func mark(of tenant: Int64) -> String {
        var hash = UInt64(bitPattern: tenant) &+ 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        hash ^= hash >> 31
        let digits = String(hash % 1_679_616, radix: 36)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
