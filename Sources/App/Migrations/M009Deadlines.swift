import Database

extension Migration {
    /// Calendars, targets, reminders, absences, and the alerts that people get of them.
    static let deadlines = Migration(9, "deadlines") { _ in
        [
            // JSON of `WorkingCalendar` and `ServiceTargets`; null for those the municipality began with.
            "ALTER TABLE municipalities ADD COLUMN calendar TEXT",
            "ALTER TABLE municipalities ADD COLUMN targets TEXT",
            "ALTER TABLE units ADD COLUMN acknowledge_days INTEGER",
            "ALTER TABLE units ADD COLUMN feedback_days INTEGER",
            "ALTER TABLE units ADD COLUMN feedback_holiday_days INTEGER",
            "ALTER TABLE units ADD COLUMN close_days INTEGER",
            "ALTER TABLE categories ADD COLUMN is_complaint INTEGER NOT NULL DEFAULT 0 CHECK (is_complaint IN (0, 1))",
            "ALTER TABLE cases ADD COLUMN first_answer TEXT NOT NULL DEFAULT 'feedback'",
            "ALTER TABLE cases ADD COLUMN channel TEXT",
            // The reminders that have been made.
            "ALTER TABLE cases ADD COLUMN reminded TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE cases ADD COLUMN next_reminder_at BIGINT",
            """
            CREATE INDEX cases_to_remind ON cases (municipality, next_reminder_at) WHERE next_reminder_at IS NOT NULL
            """,
            """
            CREATE TABLE absences (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                user_id BIGINT NOT NULL,
                first_day TEXT NOT NULL,
                last_day TEXT NOT NULL,
                substitute_id BIGINT,
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, user_id) REFERENCES users (municipality, id),
                FOREIGN KEY (municipality, substitute_id) REFERENCES users (municipality, id),
                CHECK (first_day <= last_day),
                CHECK (substitute_id IS NULL OR substitute_id <> user_id)
            )
            """,
            // As before, but a mail need not belong to a case: what many alerts say goes into one. What tells such a mail
            // from the next is its occasion. SMS waits in the same outbox.
            """
            CREATE TABLE mails_new (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                case_id BIGINT,
                event_id BIGINT,
                occasion TEXT,
                medium TEXT NOT NULL DEFAULT 'mail' CHECK (medium IN ('mail', 'sms')),
                kind TEXT NOT NULL,
                name TEXT,
                address TEXT NOT NULL,
                language TEXT NOT NULL,
                subject TEXT NOT NULL,
                body TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'handed_over', 'sent', 'failed', 'uncertain')),
                attempts INTEGER NOT NULL DEFAULT 0,
                next_attempt_at BIGINT NOT NULL,
                lease_until BIGINT,
                fault TEXT,
                created_at BIGINT NOT NULL,
                sent_at BIGINT,
                PRIMARY KEY (municipality, id),
                UNIQUE (municipality, event_id, address),
                UNIQUE (municipality, occasion, address),
                FOREIGN KEY (municipality, event_id) REFERENCES events (municipality, id),
                CHECK ((event_id IS NULL) = (case_id IS NULL)),
                CHECK ((event_id IS NULL) <> (occasion IS NULL))
            )
            """,
            """
            INSERT INTO mails_new (municipality, id, case_id, event_id, kind, name, address, language, subject, body,
                state, attempts, next_attempt_at, lease_until, fault, created_at, sent_at)
            SELECT municipality, id, case_id, event_id, kind, name, address, language, subject, body,
                state, attempts, next_attempt_at, lease_until, fault, created_at, sent_at FROM mails
            """,
            "DROP TABLE mails",
            "ALTER TABLE mails_new RENAME TO mails",
            """
            CREATE INDEX mails_to_send ON mails (municipality, next_attempt_at, id)
            WHERE state IN ('waiting', 'sending', 'handed_over')
            """,
            "CREATE INDEX mails_by_case ON mails (municipality, case_id, id)",
            "CREATE INDEX mails_not_sent ON mails (municipality, state, id) WHERE state <> 'sent'",
            "CREATE INDEX absences_by_user ON absences (municipality, user_id, last_day)",
            // To a person, or to all of a unit. `mailed_at` is set when it has gone into a mail, or needs none.
            """
            CREATE TABLE alerts (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                user_id BIGINT,
                unit_id BIGINT,
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
                FOREIGN KEY (municipality, case_id) REFERENCES cases (municipality, id),
                CHECK ((user_id IS NULL) <> (unit_id IS NULL))
            )
            """,
            """
            CREATE UNIQUE INDEX alerts_once ON alerts (municipality, case_id, kind, step, due_at,
                coalesce(user_id, 0), coalesce(unit_id, 0))
            """,
            "CREATE INDEX alerts_of_user ON alerts (municipality, user_id, id) WHERE user_id IS NOT NULL",
            "CREATE INDEX alerts_of_unit ON alerts (municipality, unit_id, id) WHERE unit_id IS NOT NULL",
            // What the bell counts.
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
