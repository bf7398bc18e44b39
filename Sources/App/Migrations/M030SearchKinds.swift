import Database

extension Migration {
    /// Contacts are found as cases are, also those that were answered at once; and all that is worked out anew in portions
    /// stands in one table, with how far it has come.
    static let searchKinds = Migration(30, "search kinds") { dialect in
        SearchIndex.migrationStatements(dialect, of: .contact) + [
            "CREATE INDEX contacts_by_time ON contacts (municipality, at, id)",
            // The scope is a category's id, or 0 for everything. Until what holds up is done, Torg does not start.
            """
            CREATE TABLE rebuilds (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                kind TEXT NOT NULL,
                scope BIGINT NOT NULL,
                after BIGINT NOT NULL,
                holds_up INTEGER NOT NULL CHECK (holds_up IN (0, 1)),
                PRIMARY KEY (municipality, kind, scope)
            )
            """,
            """
            INSERT INTO rebuilds (municipality, kind, scope, after, holds_up)
            SELECT municipality, 'lookup_keys', 0, contacts_after, 1 FROM search_rebuilds
            UNION ALL SELECT municipality, 'search_cases', 0, cases_after, 1 FROM search_rebuilds
            UNION ALL SELECT municipality, 'actors', 0, events_after, 1 FROM history_rebuilds
            UNION ALL SELECT municipality, 'contact_history', 0, contacts_after, 1 FROM history_rebuilds
            UNION ALL SELECT id, 'search_contacts', 0, -9223372036854775807, 1 FROM municipalities
            """,
            // Cases whose category was renamed before their words followed it: beside everything else.
            """
            INSERT INTO rebuilds (municipality, kind, scope, after, holds_up)
            SELECT id, 'search_cases', 0, -9223372036854775807, 0 FROM municipalities WHERE 1 = 1
            ON CONFLICT (municipality, kind, scope) DO NOTHING
            """,
            "DROP TABLE search_rebuilds", "DROP TABLE history_rebuilds",
        ]
    }
}
