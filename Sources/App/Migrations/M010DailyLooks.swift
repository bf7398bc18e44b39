import Database

extension Migration {
    /// Who has looked through a unit's new reports, on which day (R4.5).
    static let dailyLooks = Migration(10, "daily looks") { _ in
        [
            """
            CREATE TABLE looks (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                unit_id BIGINT NOT NULL,
                day TEXT NOT NULL,
                user_id BIGINT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (municipality, unit_id, day, user_id),
                FOREIGN KEY (municipality, unit_id) REFERENCES units (municipality, id),
                FOREIGN KEY (municipality, user_id) REFERENCES users (municipality, id)
            )
            """,
            "CREATE INDEX looks_by_time ON looks (municipality, unit_id, at)",
            // When a case came to its unit: the last of a day is found without reading the others.
            "CREATE INDEX cases_by_arrival ON cases (municipality, unit_id, passed_at) WHERE state <> 'new'",
            // The same for the contact centre: what citizens sent themselves, and no category routed.
            """
            CREATE INDEX reports_by_arrival ON cases (municipality, created_at)
            WHERE registered_by IS NULL AND (state = 'new' OR passed_at > created_at)
            """,
        ]
    }
}
