import Database

extension Migration {
    /// One history for everything: a line is about a case or a contact, and says who acted exactly, also of citizens and
    /// contractors. The contacts of before get theirs in portions, once the tables stand.
    static let history = Migration(25, "history") { dialect in
        [
            "ALTER TABLE events RENAME COLUMN user_id TO actor_id",
            "ALTER TABLE events ADD COLUMN contact_id BIGINT",
        ] + forAnySubject(in: dialect) + [
            """
            CREATE INDEX events_by_contact ON events (municipality, contact_id, id) WHERE contact_id IS NOT NULL
            """,
            // How far the writing of earlier history has come in each municipality; no row when all is done.
            """
            CREATE TABLE history_rebuilds (
                municipality BIGINT PRIMARY KEY REFERENCES municipalities (id),
                contacts_after BIGINT NOT NULL,
                events_after BIGINT NOT NULL
            )
            """,
            """
            INSERT INTO history_rebuilds (municipality, contacts_after, events_after)
            SELECT id, -9223372036854775807, -9223372036854775807 FROM municipalities
            """,
        ]
    }

    /// Without a list of actors: Swift refuses the unknown ones, and `torg verify` looks (docs/decisions/0013).
    private static func forAnySubject(in dialect: Dialect) -> [SQL] {
        switch dialect {
        case .postgres:
            [
                """
                ALTER TABLE events ALTER COLUMN case_id DROP NOT NULL,
                    DROP CONSTRAINT events_actor_check, DROP CONSTRAINT events_check,
                    DROP CONSTRAINT events_municipality_user_id_fkey,
                    ADD CONSTRAINT events_municipality_contact_id_fkey
                        FOREIGN KEY (municipality, contact_id) REFERENCES contacts (municipality, id) NOT VALID,
                    ADD CONSTRAINT events_subject_check CHECK (case_id IS NOT NULL OR contact_id IS NOT NULL) NOT VALID,
                    ADD CONSTRAINT events_user_check CHECK (actor <> 'user' OR actor_id IS NOT NULL) NOT VALID
                """
            ]
        case .sqlite:
            // As in migration 12: what does not change how rows are stored needs no copy of the table. The columns stand in
            // the order in which they are stored. The index made afterwards tells other connections of it.
            [
                "PRAGMA writable_schema = ON",
                """
                UPDATE sqlite_schema SET sql = 'CREATE TABLE events (
                    municipality BIGINT NOT NULL,
                    id BIGINT NOT NULL,
                    case_id BIGINT,
                    at BIGINT NOT NULL,
                    kind TEXT NOT NULL,
                    actor TEXT NOT NULL,
                    actor_id BIGINT,
                    data TEXT NOT NULL,
                    contact_id BIGINT,
                    PRIMARY KEY (municipality, id),
                    FOREIGN KEY (municipality, case_id) REFERENCES cases (municipality, id),
                    FOREIGN KEY (municipality, contact_id) REFERENCES contacts (municipality, id),
                    CHECK (case_id IS NOT NULL OR contact_id IS NOT NULL),
                    CHECK (actor <> ''user'' OR actor_id IS NOT NULL)
                )'
                WHERE type = 'table' AND name = 'events'
                """,
                "PRAGMA writable_schema = RESET",
            ]
        }
    }
}
