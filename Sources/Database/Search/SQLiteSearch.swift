/// FTS5 over a table of our own that holds the tokens: SQLite before 3.43 can only forget a row whose text it is told.
enum SQLiteSearch {
    /// The tokens come ready-made, so the tokenizer only splits at spaces. Without positions (`detail=none`), which
    /// nothing asks for, the index is a third of the size.
    static func tables(_ kind: SearchKind) -> [SQL] {
        [
            """
            CREATE TABLE \(kind.texts) (
                id INTEGER PRIMARY KEY, municipality INTEGER NOT NULL, words TEXT NOT NULL, reader INTEGER)
            """,
            """
            CREATE VIRTUAL TABLE \(kind.index) USING fts5(
                words, content = '\(kind.texts)', content_rowid = 'id', detail = none, columnsize = 0,
                prefix = '6 7', tokenize = "ascii tokenchars '-'")
            """,
            "CREATE VIRTUAL TABLE \(kind.words) USING fts5vocab('\(kind.index)', 'instance')",
        ]
    }

    static func dropping(_ kind: SearchKind) -> [SQL] {
        ["DROP TABLE \(kind.words)", "DROP TABLE \(kind.index)", "DROP TABLE \(kind.texts)"]
    }

    /// The lengths of `prefix` above: the municipality's mark and two or three characters.
    private static let indexedPrefixes = 6...7
    private static let mostWords = 200

    static func put(_ row: SearchedRow, in transaction: Transaction) throws {
        let (kind, id, tenant, words) = (row.kind, row.id, row.tenant, text(of: row))
        let insertion: SQL = """
            INSERT INTO \(kind.texts) (id, municipality, words, reader)
            VALUES (\(id), \(tenant: tenant), \(words), \(row.reader))
            """
        if try transaction.run(insertion + " ON CONFLICT (id) DO NOTHING") == 0 {
            let old = try stored(kind, id: id, tenant: tenant, in: transaction)
            if old == words { return }
            if let old { try forget(kind, id: id, tenant: tenant, words: old, in: transaction) }
            try transaction.run(insertion)
        }
        try transaction.sendAtEnd(marked("INSERT INTO \(kind.index) (rowid, words) VALUES (\(id), \(words))", tenant))
    }

    static func remove(_ kind: SearchKind, id: Int64, tenant: Int64, in transaction: Transaction) throws {
        let old = try stored(kind, id: id, tenant: tenant, in: transaction)
        if let old { try forget(kind, id: id, tenant: tenant, words: old, in: transaction) }
    }

    /// Pages of the index that are written in one transaction.
    private static let purgedAtOnce: Int64 = 500

    /// Merges all parts of the index into one, in which nothing stands that was removed. A negative number of pages begins
    /// it, a positive one goes on; nothing was left to do when fewer than two rows changed (FTS5, "merge").
    static func purge(_ kind: SearchKind, tenant: Int64, isBegun: Bool, in transaction: Transaction) throws -> Bool {
        let total = marked("SELECT total_changes()", tenant)
        let before: Int64 = try transaction.value(total) ?? 0
        let pages = isBegun ? purgedAtOnce : -purgedAtOnce
        try transaction.run(
            marked("INSERT INTO \(kind.index) (\(kind.index), rank) VALUES ('merge', \(pages))", tenant))
        return try (transaction.value(total) ?? 0) - before >= 2
    }

    static func holds(_ row: SearchedRow, in transaction: Transaction) throws -> Bool {
        try stored(row.kind, id: row.id, tenant: row.tenant, in: transaction) == text(of: row)
    }

    private static func text(of row: SearchedRow) -> String { row.tokens.joined(separator: " ") }

    private static func stored(
        _ kind: SearchKind, id: Int64, tenant: Int64, in transaction: Transaction
    ) throws -> String? {
        try transaction.value(
            "SELECT words FROM \(kind.texts) WHERE id = \(id) AND municipality = \(tenant: tenant)")
    }

    private static func forget(
        _ kind: SearchKind, id: Int64, tenant: Int64, words: String, in transaction: Transaction
    ) throws {
        try transaction.sendAtEnd(
            marked(
                "INSERT INTO \(kind.index) (\(kind.index), rowid, words) VALUES ('delete', \(id), \(words))", tenant))
        try transaction.run(
            "DELETE FROM \(kind.texts) WHERE id = \(id) AND municipality = \(tenant: tenant)")
    }

    /// The index gives its hits from the newest on; CROSS JOIN keeps it the outer loop.
    static func find(_ query: SearchQuery, in transaction: Transaction) throws -> [Row] {
        let index = query.kind.index
        return try transaction.rows(
            """
            SELECT \(query.select) FROM \(index) CROSS JOIN \(query.from)
            WHERE \(index) MATCH \(try match(query, in: transaction)) AND \(index).rowid < \(query.before)
                AND \(query.id) = \(index).rowid AND (\(query.scope))
            ORDER BY \(index).rowid DESC LIMIT \(query.limit)
            """)
    }

    /// `("x1" OR "x2" OR "x"*) AND ("y1")`, each token in quotes. Tokens hold letters, digits and hyphens only.
    private static func match(_ query: SearchQuery, in transaction: Transaction) throws -> String {
        try query.terms.alternatives.map { terms in
            let all = try terms.map { term in
                let choices =
                    try term.tokens
                    + term.prefixes.flatMap { prefix in
                        if indexedPrefixes.contains(prefix.count) { return ["\(prefix)*"] }
                        return try words(with: prefix, query, in: transaction) ?? ["\(prefix)*"]
                    }
                return "(" + choices.map(quoted).joined(separator: " OR ") + ")"
            }
            return "(" + all.joined(separator: " AND ") + ")"
        }.joined(separator: " OR ")
    }

    private static func quoted(_ token: String) -> String {
        token.hasSuffix("*") ? "\"\(token.dropLast())\"*" : "\"\(token)\""
    }

    /// The words of the index that begin so, or nil when they are many. Of a beginning that has no index of its own
    /// FTS5 gathers all hits before it gives the first, 60 ms for a common word; of whole words it gives the newest
    /// at once. Each step seeks the next word, past all the rows of the last.
    private static func words(
        with prefix: String, _ query: SearchQuery, in transaction: Transaction
    ) throws -> [String]? {
        let end = prefix + "\u{10FFFF}"
        let words = try transaction.rows(
            marked(
                """
                WITH RECURSIVE step (word) AS (
                    SELECT (SELECT term FROM \(query.kind.words) WHERE term >= \(prefix) AND term < \(end) LIMIT 1)
                    UNION ALL
                    SELECT (SELECT term FROM \(query.kind.words) WHERE term >= word || char(1) AND term < \(end) LIMIT 1)
                    FROM step WHERE word IS NOT NULL
                    LIMIT \(mostWords + 1))
                SELECT word FROM step WHERE word IS NOT NULL
                """, query.tenant))
        return words.count > mostWords ? nil : try words.map { try $0["word"] }
    }

    /// The index has no column for the municipality; the id the statement names is the municipality's own.
    private static func marked(_ sql: SQL, _ tenant: Int64) -> SQL {
        var marked = sql
        marked.mark(tenant: tenant)
        return marked
    }
}
