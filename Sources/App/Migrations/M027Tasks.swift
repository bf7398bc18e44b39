import Database

extension Migration {
    /// Work that takes long or may have to be tried again, and which daily work has been queued for which day.
    static let tasks = Migration(27, "tasks") { _ in
        [
            // While it runs, `next_attempt_at` is when its lease ends: then another node may take it.
            """
            CREATE TABLE tasks (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                kind TEXT NOT NULL,
                lane TEXT NOT NULL,
                payload TEXT NOT NULL,
                state TEXT NOT NULL,
                attempts BIGINT NOT NULL DEFAULT 0 CHECK (attempts >= 0),
                claims BIGINT NOT NULL DEFAULT 0,
                next_attempt_at BIGINT NOT NULL,
                done BIGINT NOT NULL DEFAULT 0 CHECK (done >= 0),
                fault TEXT,
                created_at BIGINT NOT NULL,
                PRIMARY KEY (municipality, id)
            )
            """,
            """
            CREATE INDEX tasks_to_do ON tasks (municipality, lane, next_attempt_at, id)
            WHERE state IN ('waiting', 'running')
            """,
            """
            CREATE TABLE daily_plans (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                kind TEXT NOT NULL,
                day BIGINT NOT NULL,
                PRIMARY KEY (municipality, kind)
            )
            """,
        ]
    }
}
