import Database

extension Migration {
    /// Callers are found by one key a telephone, words by one form however they are spelled, and what is confidential by
    /// words of its unit's own. All that is worked out anew: `torg migrate` does so in portions, once the tables stand.
    static let found = Migration(22, "found") { dialect in
        SearchIndex.renewalStatements(dialect, of: .matter) + [
            // How far the rebuilding has come in each municipality; no row when all is done.
            """
            CREATE TABLE search_rebuilds (
                municipality BIGINT PRIMARY KEY REFERENCES municipalities (id),
                contacts_after BIGINT NOT NULL,
                cases_after BIGINT NOT NULL
            )
            """,
            """
            INSERT INTO search_rebuilds (municipality, contacts_after, cases_after)
            SELECT id, -9223372036854775807, -9223372036854775807 FROM municipalities
            """,
            "CREATE INDEX cases_confidential ON cases (municipality, unit_id) WHERE is_confidential = 1",
        ]
    }
}
