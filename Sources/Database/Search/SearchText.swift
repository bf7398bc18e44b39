/// Cuts text into what the index holds: stems of words, and numbers, in lower case.
public enum SearchText {
    /// A word longer than this is cut, in characters.
    static let longestWord = 40
    /// More different tokens than this are left out: a bound for what one pasted document can cost.
    static let mostTokens = 1000

    /// A token, and whether it stands for a word with Nordic letters.
    struct Token: Hashable {
        var text: String
        /// See `Word.nordic`.
        var isNordic: Bool
    }

    /// The different tokens of a text, in the order they come first. More than one language gives each one's stem.
    static func tokens(_ text: String, languages: [SearchLanguage]) -> [Token] {
        let stemmers = languages.map(Stemmer.init)
        var seen: Set<Token> = []
        var tokens: [Token] = []
        func add(_ texts: [String], isNordic: Bool) {
            for text in texts where tokens.count < mostTokens {
                let token = Token(text: text, isNordic: isNordic)
                if seen.insert(token).inserted { tokens.append(token) }
            }
        }
        for word in words(text) {
            add([word.whole].compactMap(\.self), isNordic: false)
            for part in word.parts {
                if let plain = part.plain { add(stems(plain, by: stemmers), isNordic: false) }
                if let nordic = part.nordic { add(stems(nordic, by: stemmers), isNordic: true) }
            }
        }
        return tokens
    }

    /// Numbers tied by hyphens, such as a case number, are found whole and by their parts; other words are one part.
    struct Word {
        let whole: String?
        let parts: [Part]
    }

    /// One word, folded: `SearchFolding` says to what.
    ///
    /// å, ä, æ, ö and ø are letters of their own, and yet *Aagade* and *Ågade*, *Øster* and *Öster* find each other. So a
    /// word with such a letter, or with two letters that may stand for one, has a form with two letters for each,
    /// which is looked up only by words that have such letters themselves: *sko* finds no *skøyte*, *lan* no *lån*.
    struct Part: Equatable {
        /// Nil for a word that is written with Nordic letters.
        var plain: String?
        /// Nil for a word that has neither such letters nor two for one.
        var nordic: String?
    }

    static func words(_ text: String) -> [Word] {
        var words: [Word] = []
        var parts: [Part] = []
        var current = SearchFolding()
        func endWord() {
            if let part = current.part() { parts.append(part) }
            let plain = parts.compactMap(\.plain)
            if parts.count > 1, plain.count == parts.count, plain.allSatisfy({ $0.utf8.allSatisfy(isDigit) }) {
                words.append(Word(whole: cut(plain.joined(separator: "-")), parts: parts))
            } else {
                words.append(contentsOf: parts.map { Word(whole: nil, parts: [$0]) })
            }
            parts = []
        }
        for scalar in text.unicodeScalars where !SearchFolding.isInvisible(scalar) {
            if current.take(scalar) { continue }
            if SearchFolding.isHyphen(scalar), !current.isEmpty {
                if let part = current.part() { parts.append(part) }
            } else {
                endWord()
            }
        }
        endWord()
        return words
    }

    static func cut(_ word: String) -> String {
        word.utf8.count <= longestWord ? word : String(word.unicodeScalars.prefix(longestWord))
    }

    /// The different stems of a word; a number is its own.
    static func stems(_ word: String, by stemmers: [Stemmer]) -> [String] {
        guard !word.utf8.allSatisfy(isDigit), !stemmers.isEmpty else { return [word] }
        var stems: [String] = []
        for stem in stemmers.map({ $0.stem(word) }) where !stems.contains(stem) { stems.append(stem) }
        return stems
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
}
