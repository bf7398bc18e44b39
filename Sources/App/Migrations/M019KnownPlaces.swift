import Database

extension Migration {
    /// The browsers and addresses from which somebody got in before, so that nobody else's guesses keep them out; and
    /// passwords that somebody else chose, which are good for one thing only: choosing one's own.
    static let knownPlaces = Migration(19, "known places") { _ in
        [
            """
            CREATE TABLE known_places (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                subject TEXT NOT NULL,
                place TEXT NOT NULL,
                last_at BIGINT NOT NULL,
                PRIMARY KEY (municipality, subject, place)
            )
            """,
            "CREATE INDEX known_places_by_place ON known_places (municipality, place)",
            "CREATE INDEX known_places_by_time ON known_places (municipality, last_at)",
            """
            ALTER TABLE users ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0
                CHECK (must_change_password IN (0, 1))
            """,
            // The colleague who set the password, as long as no second person has looked at that.
            "ALTER TABLE users ADD COLUMN password_set_by BIGINT",
        ]
    }
}
