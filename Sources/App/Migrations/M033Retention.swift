import Database

extension Migration {
    /// How long what tells of people is kept, by whose decision; what was erased when; and what of each is still there,
    /// found without reading what is gone.
    static let retention = Migration(33, "retention") { _ in
        [
            // Null months: kept. One that was taken back has whoever did so.
            """
            CREATE TABLE retention_rules (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                class TEXT NOT NULL,
                months BIGINT CHECK (months > 0),
                decided_by TEXT NOT NULL,
                decision TEXT NOT NULL,
                from_day BIGINT NOT NULL,
                set_by BIGINT NOT NULL,
                withdrawn_by BIGINT,
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, set_by) REFERENCES users (municipality, id),
                FOREIGN KEY (municipality, withdrawn_by) REFERENCES users (municipality, id)
            )
            """,
            // One for each run of a rule, also where nothing was ripe: the next one knows by it that the clock is right.
            """
            CREATE TABLE erasures (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                rule_id BIGINT NOT NULL,
                number BIGINT NOT NULL DEFAULT 0 CHECK (number >= 0),
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, rule_id) REFERENCES retention_rules (municipality, id)
            )
            """,
            "ALTER TABLE contacts ADD COLUMN erasure_id BIGINT",
            "ALTER TABLE questions ADD COLUMN erasure_id BIGINT",
            "ALTER TABLE outbox ADD COLUMN erasure_id BIGINT",
            "ALTER TABLE cases ADD COLUMN people_erasure_id BIGINT",
            "ALTER TABLE cases ADD COLUMN words_erasure_id BIGINT",
            """
            CREATE INDEX cases_with_people ON cases (municipality, closed_at, id)
            WHERE closed_at IS NOT NULL AND people_erasure_id IS NULL
            """,
            """
            CREATE INDEX cases_with_words ON cases (municipality, closed_at, id)
            WHERE closed_at IS NOT NULL AND words_erasure_id IS NULL
            """,
            """
            CREATE INDEX questions_answered ON questions (municipality, contact_id)
            WHERE case_id IS NULL AND erasure_id IS NULL
            """,
            """
            CREATE INDEX outbox_of_codes ON outbox (municipality, id)
            WHERE kind = 'follow_code' AND erasure_id IS NULL
            """,
            "CREATE INDEX outbox_subjects_by_case ON outbox_subjects (municipality, case_id)",
        ]
    }
}
