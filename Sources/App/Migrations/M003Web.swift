import Database

extension Migration {
    /// Sessions, throttling, tokens, one-time forms, idempotency keys and the audit of administration.
    static let web = Migration(3, "web") { _ in
        [
            """
            CREATE TABLE sessions (
                municipality BIGINT NOT NULL,
                id BIGINT NOT NULL,
                token_hash TEXT NOT NULL,
                previous_hash TEXT,
                user_id BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                rotated_at BIGINT NOT NULL,
                seen_at BIGINT NOT NULL,
                PRIMARY KEY (municipality, id),
                UNIQUE (municipality, token_hash),
                FOREIGN KEY (municipality, user_id) REFERENCES users (municipality, id)
            )
            """,
            "CREATE INDEX sessions_by_previous_hash ON sessions (municipality, previous_hash) WHERE previous_hash IS NOT NULL",
            """
            CREATE TABLE attempts (
                municipality BIGINT NOT NULL,
                subject TEXT NOT NULL,
                failures INTEGER NOT NULL,
                blocked_until BIGINT NOT NULL,
                last_at BIGINT NOT NULL,
                PRIMARY KEY (municipality, subject)
            )
            """,
            """
            CREATE TABLE api_tokens (
                municipality BIGINT NOT NULL,
                token_hash TEXT NOT NULL,
                user_id BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                revoked_at BIGINT,
                PRIMARY KEY (municipality, token_hash),
                FOREIGN KEY (municipality, user_id) REFERENCES users (municipality, id)
            )
            """,
            """
            CREATE TABLE used_forms (
                municipality BIGINT NOT NULL,
                form TEXT NOT NULL,
                at BIGINT NOT NULL,
                location TEXT,
                PRIMARY KEY (municipality, form)
            )
            """,
            "CREATE INDEX used_forms_by_time ON used_forms (municipality, at)",
            """
            CREATE TABLE idempotency_keys (
                municipality BIGINT NOT NULL,
                user_id BIGINT NOT NULL,
                key TEXT NOT NULL,
                request_hash TEXT NOT NULL,
                status INTEGER NOT NULL,
                body TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (municipality, user_id, key)
            )
            """,
            "CREATE INDEX idempotency_keys_by_time ON idempotency_keys (municipality, at)",
            """
            CREATE TABLE audit (
                municipality BIGINT NOT NULL,
                id BIGINT NOT NULL,
                at BIGINT NOT NULL,
                user_id BIGINT,
                kind TEXT NOT NULL,
                subject TEXT NOT NULL,
                PRIMARY KEY (municipality, id)
            )
            """,
        ]
    }

    /// The index of the database's own search.
    static let search = Migration(4, "search") { SearchIndex.migrationStatements($0, of: .matter) }
}
