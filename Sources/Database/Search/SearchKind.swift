/// What can be searched for. Each kind has tables of its own, so that a search of one costs nothing for the others, ids of
/// two kinds may meet, and a further kind touches no row that is there (docs/decisions/0018).
public enum SearchKind: String, Sendable, Hashable, CaseIterable, Codable {
    case matter = "case"
    case contact

    /// What each entity is found by. That of the cases came first, and has the name it had then.
    public var texts: SQL {
        switch self {
        case .matter: "search_texts"
        case .contact: "search_texts_of_contacts"
        }
    }

    /// The index over it; on SQLite a table.
    var index: SQL {
        switch self {
        case .matter: "search_index"
        case .contact: "search_index_of_contacts"
        }
    }

    /// The words of the index: on SQLite a view of it, on PostgreSQL the name of the index.
    var words: SQL {
        switch self {
        case .matter: "search_words"
        case .contact: "search_words_of_contacts"
        }
    }
}
