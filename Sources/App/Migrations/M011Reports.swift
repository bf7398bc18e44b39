import Database

extension Migration {
    /// What the reports are read by, which of them go out, and which have gone.
    static let reports = Migration(11, "reports") { _ in
        [
            // When the citizen is to have heard from us, whether or not they have. Null until the job "deadlines" has
            // been there.
            "ALTER TABLE cases ADD COLUMN first_answer_due_at BIGINT",
            """
            CREATE INDEX open_cases_by_first_answer ON cases (municipality, unit_id, first_answer_due_at)
            WHERE state <> 'closed'
            """,
            // A report without a row goes out, since the municipality was made.
            """
            CREATE TABLE report_settings (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                report TEXT NOT NULL CHECK (report IN ('open', 'overdue', 'leader')),
                is_mailed INTEGER NOT NULL CHECK (is_mailed IN (0, 1)),
                since BIGINT NOT NULL,
                PRIMARY KEY (municipality, report)
            )
            """,
            // The occasions that have been seen to, also those on which there was nothing to tell.
            """
            CREATE TABLE report_runs (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                report TEXT NOT NULL,
                day TEXT NOT NULL,
                at BIGINT NOT NULL,
                mails INTEGER NOT NULL,
                PRIMARY KEY (municipality, report, day)
            )
            """,
            """
            CREATE INDEX mails_of_reports ON mails (municipality, id)
            WHERE kind IN ('report_open', 'report_overdue', 'report_leader')
            """,
        ]
    }
}
