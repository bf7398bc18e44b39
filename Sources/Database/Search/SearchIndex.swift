/// The full-text index: part of the database, changed in the same transaction as what it finds.
///
/// Ids are time-ordered, and hits come newest first: nothing is ranked, and the search stops at the page's end.
public enum SearchIndex {
    /// The tables of a kind, for a migration.
    public static func migrationStatements(_ dialect: Dialect, of kind: SearchKind) -> [SQL] {
        switch dialect {
        case .sqlite: SQLiteSearch.tables(kind)
        case .postgres: PostgreSQLSearch.tables(kind)
        }
    }

    /// Drops the tables and makes them anew, empty, for a migration after which all is indexed again.
    public static func renewalStatements(_ dialect: Dialect, of kind: SearchKind) -> [SQL] {
        let old: [SQL] =
            switch dialect {
            case .sqlite: SQLiteSearch.dropping(kind)
            case .postgres: PostgreSQLSearch.dropping(kind)
            }
        return old + migrationStatements(dialect, of: kind)
    }

    /// Sets what is found under the id, in place of what was there; the transaction itself may not find it yet.
    public static func put(
        _ kind: SearchKind, id: Int64, tenant: Int64, _ found: FoundBy, language: SearchLanguage,
        in transaction: Transaction
    ) throws {
        let row = SearchedRow(kind, id: id, tenant: tenant, found, language)
        switch transaction.dialect {
        case .sqlite: try SQLiteSearch.put(row, in: transaction)
        case .postgres: try PostgreSQLSearch.put(row, in: transaction)
        }
    }

    /// Whether exactly that stands under the id which `put` would set there.
    public static func holds(
        _ kind: SearchKind, id: Int64, tenant: Int64, _ found: FoundBy, language: SearchLanguage,
        in transaction: Transaction
    ) throws -> Bool {
        let row = SearchedRow(kind, id: id, tenant: tenant, found, language)
        return switch transaction.dialect {
        case .sqlite: try SQLiteSearch.holds(row, in: transaction)
        case .postgres: try PostgreSQLSearch.holds(row, in: transaction)
        }
    }

    /// Forgets the id; nothing of its text stays in the index.
    public static func remove(_ kind: SearchKind, id: Int64, tenant: Int64, in transaction: Transaction) throws {
        switch transaction.dialect {
        case .sqlite: try SQLiteSearch.remove(kind, id: id, tenant: tenant, in: transaction)
        case .postgres: try PostgreSQLSearch.remove(kind, id: id, tenant: tenant, in: transaction)
        }
    }

    /// Takes the words of what was removed out of the file too, a piece in each call: SQLite's index finds them no more, but
    /// keeps them until it happens to merge its parts. PostgreSQL's are gone when it has tidied up by itself.
    ///
    /// - Parameter isBegun: goes on with what the last call left.
    /// - Returns: whether something is left.
    public static func purge(_ kind: SearchKind, tenant: Int64, isBegun: Bool, in transaction: Transaction) throws
        -> Bool
    {
        switch transaction.dialect {
        case .sqlite: try SQLiteSearch.purge(kind, tenant: tenant, isBegun: isBegun, in: transaction)
        case .postgres: false
        }
    }

    /// Finds what holds all the words, newest first. The last word also matches as the beginning of one.
    ///
    /// ```swift
    /// try SearchIndex.find(
    ///     .matter, [SoughtWords("trasig lampa")], tenant: sandvik, readers: [], limit: 50, select: "c.id, c.title",
    ///     from: "cases c", id: "c.id", scope: "c.municipality = \(tenant: sandvik) AND c.unit IN \(list: units)",
    ///     in: transaction)
    /// ```
    /// - Parameters:
    ///   - sought: what somebody typed, read in different ways; one of them must be there. Without a letter or digit it
    ///     finds nothing.
    ///   - readers: the units whose own rows (`FoundBy.reader`) are looked through besides those for all.
    ///   - before: only ids below this one, for the next page.
    ///   - limit: 1…1,000.
    ///   - from: the table, with its joins, whose rows are found.
    ///   - id: the column of `from` that holds the id which was put.
    ///   - scope: what the asker may see, always with the municipality of the table in `from`. It holds within the
    ///     search: the page is full although some hits are hidden.
    public static func find(
        _ kind: SearchKind, _ sought: [SoughtWords], tenant: Int64, readers: [Int64] = [],
        languages: [SearchLanguage] = SearchLanguage.all, before: Int64? = nil, limit: Int, select: SQL, from: SQL,
        id: SQL, scope: SQL, in transaction: Transaction
    ) throws -> [Row] {
        let terms = SearchTerms(sought, tenant: tenant, readers: readers, languages: languages)
        guard !terms.isEmpty, limit > 0 else { return [] }
        let query = SearchQuery(
            kind: kind, terms: terms, tenant: tenant, before: before ?? .max, limit: min(limit, 1000), select: select,
            from: from, id: id, scope: scope)
        return switch transaction.dialect {
        case .sqlite: try SQLiteSearch.find(query, in: transaction)
        case .postgres: try PostgreSQLSearch.find(query, in: transaction)
        }
    }
}

/// What something is found by.
public struct FoundBy: Sendable {
    /// Of any length; only the first 1,000 different words count.
    public var text: String
    /// Found whole only: digits, as they are given.
    public var numbers: [String]
    /// The unit that alone finds it; nil when it is for all.
    public var reader: Int64?

    public init(_ text: String, numbers: [String] = [], reader: Int64? = nil) {
        self.text = text
        self.numbers = numbers
        self.reader = reader
    }
}

/// One way to read what somebody typed: all words and all numbers must be there.
public struct SoughtWords: Sendable {
    public var text: String
    /// As `FoundBy` has them.
    public var numbers: [String]

    public init(_ text: String, numbers: [String] = []) {
        self.text = text
        self.numbers = numbers
    }
}

/// What is stored, for either engine.
struct SearchedRow {
    let kind: SearchKind
    let id: Int64
    let tenant: Int64
    let reader: Int64?
    let tokens: [String]

    init(_ kind: SearchKind, id: Int64, tenant: Int64, _ found: FoundBy, _ language: SearchLanguage) {
        let mark = TokenMark(tenant: tenant, reader: found.reader)
        var tokens = SearchText.tokens(found.text, languages: [language]).map(mark.token)
        for number in found.numbers.map({ mark.plain + $0 }) where !tokens.contains(number) { tokens.append(number) }
        (self.kind, self.id, self.tenant, self.reader, self.tokens) = (kind, id, tenant, found.reader, tokens)
    }
}

/// What is asked, for either engine.
struct SearchQuery {
    let kind: SearchKind
    let terms: SearchTerms
    let tenant: Int64
    let before: Int64
    let limit: Int
    let select: SQL
    let from: SQL
    let id: SQL
    let scope: SQL
}
