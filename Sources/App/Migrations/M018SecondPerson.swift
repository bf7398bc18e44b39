import Database

extension Migration {
    /// Sight of confidential cases that waits for a second person, the system owner, the reading log by reader, and what
    /// was tried and refused.
    static let secondPerson = Migration(18, "second person") { _ in
        [
            // One row for each change by which somebody would see a unit's confidential cases; without a unit: by which
            // they would become somebody who may say yes for others. There is none for what was so before.
            """
            CREATE TABLE sight_grants (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                change_id BIGINT NOT NULL,
                user_id BIGINT NOT NULL,
                unit_id BIGINT,
                cause TEXT NOT NULL,
                wanted_by BIGINT NOT NULL,
                wanted_at BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'confirmed', 'refused', 'withdrawn')),
                decided_by BIGINT,
                decided_at BIGINT,
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, user_id) REFERENCES users (municipality, id),
                FOREIGN KEY (municipality, unit_id) REFERENCES units (municipality, id),
                FOREIGN KEY (municipality, wanted_by) REFERENCES users (municipality, id),
                FOREIGN KEY (municipality, decided_by) REFERENCES users (municipality, id),
                CHECK ((state = 'waiting') = (decided_at IS NULL)),
                CHECK (decided_by IS NULL OR (decided_by <> wanted_by AND decided_by <> user_id) OR state = 'withdrawn')
            )
            """,
            // Each who changes something is one more whom somebody else has to check.
            """
            CREATE UNIQUE INDEX sight_grants_open ON sight_grants (municipality, user_id, coalesce(unit_id, 0), wanted_by)
            WHERE state IN ('waiting', 'refused')
            """,
            "CREATE INDEX sight_grants_by_change ON sight_grants (municipality, change_id)",
            "ALTER TABLE municipalities ADD COLUMN owner_id BIGINT",
            "ALTER TABLE municipalities ADD COLUMN owner_substitute_id BIGINT",
            "CREATE INDEX readings_by_reader ON readings (municipality, user_id, id)",
            // Looking at the reading log is no change of the organisation either.
            "DROP INDEX audit_of_changes",
            """
            CREATE INDEX audit_of_changes ON audit (municipality, id)
            WHERE kind NOT IN ('logged_in', 'logged_out', 'readings_seen')
            """,
            // Counted by the hour, so that whoever tries a thousand times fills one row. The network stands there for as
            // long as `securityEventLifetime` says.
            """
            CREATE TABLE security_events (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                kind TEXT NOT NULL,
                hour BIGINT NOT NULL,
                user_id BIGINT,
                network TEXT NOT NULL,
                count BIGINT NOT NULL,
                first_at BIGINT NOT NULL,
                last_at BIGINT NOT NULL,
                PRIMARY KEY (municipality, id)
            )
            """,
            """
            CREATE UNIQUE INDEX security_events_once ON security_events
                (municipality, hour, kind, coalesce(user_id, 0), network)
            """,
        ]
    }
}
