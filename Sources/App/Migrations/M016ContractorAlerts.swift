import Database

extension Migration {
    /// What a contractor is reminded of is an alert too, so that one mail a day gathers it.
    static let contractorAlerts = Migration(16, "contractor alerts") { _ in
        [
            // As before, with one addressee more: of three, one is named.
            """
            CREATE TABLE alerts_new (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                user_id BIGINT,
                unit_id BIGINT,
                contractor_id BIGINT,
                case_id BIGINT NOT NULL,
                kind TEXT NOT NULL,
                step TEXT NOT NULL,
                due_at BIGINT NOT NULL,
                at BIGINT NOT NULL,
                read_at BIGINT,
                mailed_at BIGINT,
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, user_id) REFERENCES users (municipality, id),
                FOREIGN KEY (municipality, unit_id) REFERENCES units (municipality, id),
                FOREIGN KEY (municipality, contractor_id) REFERENCES contractors (municipality, id),
                FOREIGN KEY (municipality, case_id) REFERENCES cases (municipality, id),
                CHECK (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END + CASE WHEN unit_id IS NULL THEN 0 ELSE 1 END
                    + CASE WHEN contractor_id IS NULL THEN 0 ELSE 1 END = 1)
            )
            """,
            """
            INSERT INTO alerts_new (municipality, id, user_id, unit_id, case_id, kind, step, due_at, at, read_at, mailed_at)
            SELECT municipality, id, user_id, unit_id, case_id, kind, step, due_at, at, read_at, mailed_at FROM alerts
            """,
            "DROP TABLE alerts",
            "ALTER TABLE alerts_new RENAME TO alerts",
            """
            CREATE UNIQUE INDEX alerts_once ON alerts (municipality, case_id, kind, step, due_at,
                coalesce(user_id, 0), coalesce(unit_id, 0), coalesce(contractor_id, 0))
            """,
            "CREATE INDEX alerts_of_user ON alerts (municipality, user_id, id) WHERE user_id IS NOT NULL",
            "CREATE INDEX alerts_of_unit ON alerts (municipality, unit_id, id) WHERE unit_id IS NOT NULL",
            """
            CREATE INDEX alerts_unread_by_user ON alerts (municipality, user_id)
            WHERE user_id IS NOT NULL AND read_at IS NULL
            """,
            """
            CREATE INDEX alerts_unread_by_unit ON alerts (municipality, unit_id)
            WHERE unit_id IS NOT NULL AND read_at IS NULL
            """,
            "CREATE INDEX alerts_to_mail ON alerts (municipality, id) WHERE mailed_at IS NULL",
        ]
    }
}
