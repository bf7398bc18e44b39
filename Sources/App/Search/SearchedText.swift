import Database
import Domain

/// What an entity is found by, and who alone finds it. Each kind works its own out in one place, which serves whoever changes
/// the entity, whoever indexes everything anew, and `torg verify`.
struct SearchedText {
    let kind: SearchKind
    let id: Int64
    let found: FoundBy
}

extension SearchedText {
    /// - Parameters:
    ///   - parts: in any order; nil for what there is not.
    ///   - phones: besides those that stand in the text.
    ///   - reader: the unit that alone finds it; nil when everybody does who sees it.
    init(
        _ kind: SearchKind, _ id: Int64, _ parts: [String?], phones: [PhoneNumber], reader: ID<Unit>?, in op: Operation
    ) {
        let text = parts.compactMap(\.self).joined(separator: "\n")
        let all = phones + ContactDetails.telephones(in: text, country: op.municipality.country)
        self.init(
            kind: kind, id: id,
            found: FoundBy(text, numbers: all.flatMap(op.index.searchedNumbers), reader: reader?.rawValue))
    }
}

extension IndexFacade {
    func put(_ text: SearchedText) throws {
        try SearchIndex.put(
            text.kind, id: text.id, tenant: tenant.rawValue, text.found, language: indexLanguage, in: tx)
    }

    /// Whether it is found by exactly that now.
    func holds(_ text: SearchedText) throws -> Bool {
        try SearchIndex.holds(
            text.kind, id: text.id, tenant: tenant.rawValue, text.found, language: indexLanguage, in: tx)
    }

    private var indexLanguage: SearchLanguage { SearchLanguage(code: municipality.language) ?? .english }
}
