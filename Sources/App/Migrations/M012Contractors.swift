import Database

extension Migration {
    /// Contractors, and the links by which they come to their cases.
    static let contractors = Migration(12, "contractors") { dialect in
        contractorActs(in: dialect) + [
            """
            CREATE TABLE contractors (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                name TEXT NOT NULL,
                email TEXT NOT NULL,
                phone TEXT,
                shows_contact INTEGER NOT NULL DEFAULT 0 CHECK (shows_contact IN (0, 1)),
                is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
                PRIMARY KEY (municipality, id)
            )
            """,
            // No foreign key, which SQLite could add only by building the table anew; a contractor is never deleted.
            "ALTER TABLE cases ADD COLUMN contractor_id BIGINT",
            """
            CREATE INDEX open_cases_by_contractor ON cases (municipality, contractor_id, list_order, id)
            WHERE contractor_id IS NOT NULL
            """,
            // The key itself stands in the mail alone. A link that has an outcome leads nowhere any more.
            """
            CREATE TABLE contractor_links (
                municipality BIGINT NOT NULL,
                id BIGINT NOT NULL,
                case_id BIGINT NOT NULL,
                contractor_id BIGINT NOT NULL,
                event_id BIGINT NOT NULL,
                key_hash TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                created_by BIGINT,
                expires_at BIGINT NOT NULL,
                ended_at BIGINT,
                outcome TEXT CHECK (outcome IN ('done', 'handed_back', 'withdrawn', 'replaced', 'taken_back')),
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, case_id) REFERENCES cases (municipality, id),
                FOREIGN KEY (municipality, contractor_id) REFERENCES contractors (municipality, id),
                FOREIGN KEY (municipality, event_id) REFERENCES events (municipality, id),
                FOREIGN KEY (municipality, created_by) REFERENCES users (municipality, id),
                CHECK ((ended_at IS NULL) = (outcome IS NULL))
            )
            """,
            "CREATE INDEX contractor_links_by_case ON contractor_links (municipality, case_id, id)",
            """
            CREATE TABLE contractor_visits (
                municipality BIGINT NOT NULL,
                id BIGINT NOT NULL,
                link_id BIGINT NOT NULL,
                at BIGINT NOT NULL,
                what TEXT NOT NULL,
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, link_id) REFERENCES contractor_links (municipality, id)
            )
            """,
            "CREATE INDEX contractor_visits_by_link ON contractor_visits (municipality, link_id, id)",
        ]
    }

    /// Lets contractors stand in the history as those who did something.
    private static func contractorActs(in dialect: Dialect) -> [SQL] {
        switch dialect {
        case .postgres:
            [
                "ALTER TABLE events DROP CONSTRAINT events_actor_check",
                """
                ALTER TABLE events ADD CONSTRAINT events_actor_check
                    CHECK (actor IN ('user', 'citizen', 'contractor', 'system'))
                """,
            ]
        case .sqlite:
            // Of all ways to change a CHECK the only one that does not copy the whole history, as told in
            // https://sqlite.org/lang_altertable.html ("Making other kinds of table schema changes"). The tables made
            // afterwards tell other connections that the schema has changed.
            [
                "PRAGMA writable_schema = ON",
                """
                UPDATE sqlite_schema SET sql = replace(sql, '''citizen'', ''system''', '''citizen'', ''contractor'', ''system''')
                WHERE type = 'table' AND name = 'events'
                """,
                "PRAGMA writable_schema = RESET",
            ]
        }
    }
}
