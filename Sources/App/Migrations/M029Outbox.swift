import Database

extension Migration {
    /// One outbox for every message, whatever carries it: named for that, with lanes, so that what is acute goes before
    /// what there is much of.
    static let outbox = Migration(29, "outbox") { _ in
        [
            "ALTER TABLE mails RENAME TO outbox",
            "ALTER TABLE mail_subjects RENAME TO outbox_subjects",
            "ALTER TABLE outbox_subjects RENAME COLUMN mail_id TO message_id",
            // `Lane`: smaller goes first.
            "ALTER TABLE outbox ADD COLUMN lane INTEGER NOT NULL DEFAULT 1",
            """
            UPDATE outbox SET lane = CASE WHEN kind IN ('acute', 'follow_code') THEN 0 ELSE 2 END
            WHERE state IN ('waiting', 'sending', 'handed_over') AND kind IN ('acute', 'follow_code', 'alerts',
                'contractor_reminder', 'report_open', 'report_overdue', 'report_leader')
            """,
            "DROP INDEX mails_to_send",
            """
            CREATE INDEX outbox_to_send ON outbox (municipality, lane, next_attempt_at, id)
            WHERE state IN ('waiting', 'sending', 'handed_over')
            """,
        ]
    }
}
