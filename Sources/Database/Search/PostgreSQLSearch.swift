/// `tsvector` with a GIN index. The words are stemmed by us, so that both engines find the same.
enum PostgreSQLSearch {
    /// The index gathers new entries in a list that every search reads through: a short one.
    static func tables(_ kind: SearchKind) -> [SQL] {
        [
            """
            CREATE TABLE \(kind.texts) (
                municipality BIGINT NOT NULL, id BIGINT NOT NULL, words TSVECTOR NOT NULL, reader BIGINT,
                PRIMARY KEY (municipality, id))
            """,
            "CREATE INDEX \(kind.words) ON \(kind.texts) USING gin (words) WITH (gin_pending_list_limit = 256)",
        ]
    }

    static func dropping(_ kind: SearchKind) -> [SQL] { ["DROP TABLE \(kind.texts)"] }

    /// The newest rows that are looked through one by one before the index is asked.
    private static let newest = 5000

    static func put(_ row: SearchedRow, in transaction: Transaction) throws {
        try transaction.send(
            """
            INSERT INTO \(row.kind.texts) (municipality, id, words, reader)
            VALUES (\(tenant: row.tenant), \(row.id), \(vector(of: row)), \(row.reader))
            ON CONFLICT (municipality, id) DO UPDATE SET words = excluded.words, reader = excluded.reader
            """)
    }

    static func remove(_ kind: SearchKind, id: Int64, tenant: Int64, in transaction: Transaction) throws {
        try transaction.send("DELETE FROM \(kind.texts) WHERE municipality = \(tenant: tenant) AND id = \(id)")
    }

    static func holds(_ row: SearchedRow, in transaction: Transaction) throws -> Bool {
        try transaction.row(
            """
            SELECT 1 FROM \(row.kind.texts)
            WHERE municipality = \(tenant: row.tenant) AND id = \(row.id) AND words = \(vector(of: row))
            """) != nil
    }

    private static func vector(of row: SearchedRow) -> SQL {
        // Letters, digits and hyphens only: nothing to be quoted within the array.
        let words = "{" + row.tokens.joined(separator: ",") + "}"
        return "array_to_tsvector(CAST(\(words) AS text[]))"
    }

    /// The GIN index gives all hits, unordered: for a common word that means sorting a million. A common word,
    /// however, fills the page from the newest rows alone; what does not is rare, and then the index is quick.
    ///
    /// Only the asker's scope marks the statement, so that one without the municipality is refused.
    static func find(_ query: SearchQuery, in transaction: Transaction) throws -> [Row] {
        let match = match(query.terms.alternatives)
        let fromNewest = try transaction.rows(
            page(
                of: query,
                """
                SELECT id FROM (
                    SELECT id, words FROM \(query.kind.texts)
                    WHERE municipality = \(query.tenant) AND id < \(query.before)
                    ORDER BY id DESC LIMIT \(newest)) newest
                WHERE words @@ CAST(\(match) AS tsquery)
                """))
        if fromNewest.count == query.limit { return fromNewest }
        // Two letters match thousands of words, which the index gathers one by one. Beside another word it is
        // quicker to look for them in that word's hits.
        let alternatives = query.terms.alternatives
        guard alternatives.allSatisfy({ $0.count > 1 }), alternatives.contains(where: { $0.last?.isShort == true })
        else { return try transaction.rows(indexed(query, columns: "id", match: match, then: "TRUE")) }
        let rest = self.match(alternatives.map { $0.dropLast() })
        return try transaction.rows(
            indexed(query, columns: "id, words", match: rest, then: "words @@ CAST(\(match) AS tsquery)"))
    }

    /// All hits through the index, gathered first: otherwise the server may walk a million rows by their ids.
    /// `municipality + 0` keeps it from doing so by the primary key.
    private static func indexed(_ query: SearchQuery, columns: SQL, match: String, then condition: SQL) -> SQL {
        """
        WITH found AS MATERIALIZED (
            SELECT \(columns) FROM \(query.kind.texts)
            WHERE words @@ CAST(\(match) AS tsquery) AND municipality + 0 = \(query.tenant)
                AND id < \(query.before))
        \(page(of: query, "SELECT id FROM found WHERE \(condition) ORDER BY id DESC"))
        """
    }

    private static func page(of query: SearchQuery, _ hits: SQL) -> SQL {
        """
        SELECT \(query.select) FROM (\(hits)) hit JOIN \(query.from) ON \(query.id) = hit.id
        WHERE (\(query.scope)) ORDER BY hit.id DESC LIMIT \(query.limit)
        """
    }

    /// `(('x1' | 'x2' | 'x':*) & ('y1')) | …`, each token in quotes. Tokens hold letters, digits and hyphens only.
    private static func match(_ alternatives: [[SearchTerms.Term]]) -> String {
        alternatives.map { terms in
            let all = terms.map { term in
                let tokens = term.tokens.map { "'\($0)'" } + term.prefixes.map { "'\($0)':*" }
                return "(" + tokens.joined(separator: " | ") + ")"
            }
            return "(" + all.joined(separator: " & ") + ")"
        }.joined(separator: " | ")
    }
}
