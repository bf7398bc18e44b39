/// Words by which a text tells that something is acute (R1.10); each municipality has its own list.
struct AcuteWords: Sendable {
    static let key = "acute.words"

    private let words: Set<Substring>

    /// - Parameter list: words with anything between them.
    init(_ list: String) { words = Self.split(list) }

    func match(_ text: String) -> Bool { !words.isDisjoint(with: Self.split(text)) }

    private static func split(_ text: String) -> Set<Substring> { Set(text.lowercased().split { !$0.isLetter }) }
}

extension Operation {
    /// The municipality's own words, else those that come with Torg.
    var acuteWords: AcuteWords { directory.acuteWords ?? installation.words(municipality.language).acuteWords }
}
