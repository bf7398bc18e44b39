/// The full-text index: part of the database, changed in the same transaction as what it finds.
///
/// Ids are time-ordered, and hits come newest first: nothing is ranked, and the search stops at the page's end.
public enum SearchIndex {
    /// The tables, for a migration.
    public static func migrationStatements(_ dialect: Dialect) -> [SQL] {
        switch dialect {
        case .sqlite: SQLiteSearch.tables
        case .postgres: PostgreSQLSearch.tables
        }
    }

    /// Sets what is found under the id, in place of what was there; the transaction itself may not find it yet.
    ///
    /// - Parameter text: what is to be found by, of any length; only the first 1,000 different words count.
    public static func put(
        id: Int64, tenant: Int64, text: String, language: SearchLanguage, in transaction: Transaction
    ) throws {
        let mark = SearchTerms.mark(of: tenant)
        let tokens = SearchText.tokens(text, languages: [language]).map { mark + $0 }
        switch transaction.dialect {
        case .sqlite: try SQLiteSearch.put(id: id, tenant: tenant, tokens: tokens, in: transaction)
        case .postgres: try PostgreSQLSearch.put(id: id, tenant: tenant, tokens: tokens, in: transaction)
        }
    }

    /// Forgets the id; nothing of its text stays in the index.
    public static func remove(id: Int64, tenant: Int64, in transaction: Transaction) throws {
        switch transaction.dialect {
        case .sqlite: try SQLiteSearch.remove(id: id, tenant: tenant, in: transaction)
        case .postgres: try PostgreSQLSearch.remove(id: id, tenant: tenant, in: transaction)
        }
    }

    /// Finds what holds all the words, newest first. The last word also matches as the beginning of one.
    ///
    /// ```swift
    /// try SearchIndex.find(
    ///     "trasig lampa", tenant: sandvik, limit: 50, select: "c.id, c.title", from: "cases c", id: "c.id",
    ///     scope: "c.municipality = \(tenant: sandvik) AND c.unit IN \(list: units)", in: transaction)
    /// ```
    /// - Parameters:
    ///   - words: what somebody typed; without a letter or digit it finds nothing.
    ///   - before: only ids below this one, for the next page.
    ///   - limit: 1…1,000.
    ///   - from: the table, with its joins, whose rows are found.
    ///   - id: the column of `from` that holds the id which was put.
    ///   - scope: what the asker may see, always with the municipality of the table in `from`. It holds within the
    ///     search: the page is full although some hits are hidden.
    public static func find(
        _ words: String, tenant: Int64, languages: [SearchLanguage] = SearchLanguage.all, before: Int64? = nil,
        limit: Int, select: SQL, from: SQL, id: SQL, scope: SQL, in transaction: Transaction
    ) throws -> [Row] {
        let terms = SearchTerms(words, tenant: tenant, languages: languages)
        guard !terms.terms.isEmpty, limit > 0 else { return [] }
        let query = SearchQuery(
            terms: terms, tenant: tenant, before: before ?? .max, limit: min(limit, 1000), select: select, from: from,
            id: id, scope: scope)
        return switch transaction.dialect {
        case .sqlite: try SQLiteSearch.find(query, in: transaction)
        case .postgres: try PostgreSQLSearch.find(query, in: transaction)
        }
    }
}

/// What is asked, for either engine.
struct SearchQuery {
    let terms: SearchTerms
    let tenant: Int64
    let before: Int64
    let limit: Int
    let select: SQL
    let from: SQL
    let id: SQL
    let scope: SQL
}
