import Domain

/// Words by which a text tells that something is acute (R1.10); each municipality has its own list.
struct AcuteWords: Sendable {
    static let key = "acute.words"

    private let words: Set<Substring>
    /// How long those of them are that also count at the end of a longer word: *skogsbrand*, *bilbrann*.
    private let endings: Set<Int>

    private static let shortestEnding = 5

    /// - Parameter list: words with anything between them.
    init(_ list: String) {
        words = Set(list.words)
        endings = Set(words.map(\.count).filter { $0 >= Self.shortestEnding })
    }

    func match(_ text: String) -> Bool { text.words.contains(where: isAcute) }

    private func isAcute(_ word: Substring) -> Bool {
        words.contains(word) || endings.contains { words.contains(word.suffix($0)) }
    }
}

extension ContactFacade {
    /// By the municipality's words and those of the reader's language, each as the municipality words them, else as they
    /// come with Torg.
    func soundsAcute(_ text: String) -> Bool {
        let own = directory.acuteWords ?? installation.words(municipality.language).acuteWords
        if own.match(text) { return true }
        guard language != municipality.language else { return false }
        let other = directory.texts[AcuteWords.key]?[language].map(AcuteWords.init)
        return (other ?? words.acuteWords).match(text)
    }
}
