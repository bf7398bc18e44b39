import Database

extension Migration {
    /// How citizens want to be told: whether by text message, and whose mail each is, so that it can be stopped.
    static let telling = Migration(13, "telling") { _ in
        [
            """
            ALTER TABLE municipalities ADD COLUMN sms_to_citizens INTEGER NOT NULL DEFAULT 0
            CHECK (sms_to_citizens IN (0, 1))
            """,
            "ALTER TABLE contacts ADD COLUMN by_sms INTEGER NOT NULL DEFAULT 0 CHECK (by_sms IN (0, 1))",
            // The contact of the citizen who gets it; null for colleagues.
            "ALTER TABLE mails ADD COLUMN contact_id BIGINT",
        ]
    }
}
