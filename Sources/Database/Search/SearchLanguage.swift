import CStemmer

/// A language whose inflections the search knows, through Snowball's stemmers.
public struct SearchLanguage: Sendable, Hashable {
    /// As in the user interface: sv, nb, da, en.
    public let code: String
    /// What Snowball calls it.
    let algorithm: String

    public static let swedish = SearchLanguage(code: "sv", algorithm: "swedish")
    public static let norwegian = SearchLanguage(code: "nb", algorithm: "norwegian")
    public static let danish = SearchLanguage(code: "da", algorithm: "danish")
    public static let english = SearchLanguage(code: "en", algorithm: "english")

    public static let all: [SearchLanguage] = [swedish, norwegian, danish, english]

    private init(code: String, algorithm: String) {
        self.code = code
        self.algorithm = algorithm
    }

    /// Nil for a language without a stemmer here; Nynorsk has the same as bokmål.
    public init?(code: String) {
        let sought = code == "nn" || code == "no" ? "nb" : code
        guard let language = Self.all.first(where: { $0.code == sought }) else { return nil }
        self = language
    }
}

/// A Snowball stemmer; it has a state of its own, so it belongs to one thread.
final class Stemmer {
    private let stemmer: OpaquePointer?

    init(_ language: SearchLanguage) {
        stemmer = sb_stemmer_new(language.algorithm, "UTF_8")
    }

    deinit {
        sb_stemmer_delete(stemmer)
    }

    /// What is left of a lower-case word without its endings.
    func stem(_ word: String) -> String {
        let bytes = Array(word.utf8)
        guard let stemmer, let stem = sb_stemmer_stem(stemmer, bytes, Int32(bytes.count)) else { return word }
        let length = Int(sb_stemmer_length(stemmer))
        return String(decoding: UnsafeBufferPointer(start: stem, count: length), as: UTF8.self)
    }
}
