import Database

extension Migration {
    /// A message that did not arrive comes back to its case, and stands until somebody says how the citizen was told.
    static let missedMessages = Migration(32, "missed messages") { _ in
        [
            // `OutboxMessage.Missed`. What failed before stays as it was.
            "ALTER TABLE outbox ADD COLUMN missed TEXT",
            "CREATE INDEX outbox_missed ON outbox (municipality, case_id) WHERE missed = 'open'",
        ]
    }
}
