import Database

extension Migration {
    /// Told means told: how a reporter heard of what no message brought them, and deadlines of closed cases, whose answer
    /// nobody has heard or whose measures are still to be done.
    ///
    /// What counted as told before this stays so: `feedback_at` of stored cases is left as it is, none of them is untold,
    /// and whoever was being waited for counts as asked.
    static let tellings = Migration(21, "tellings") { dialect in
        [
            // Since when somebody has to be told of the last step; when the first answer was settled with nobody to tell;
            // when the citizen heard the question that is waited for.
            "ALTER TABLE cases ADD COLUMN untold_since BIGINT",
            "ALTER TABLE cases ADD COLUMN settled_at BIGINT",
            "ALTER TABLE cases ADD COLUMN asked_at BIGINT",
            "UPDATE cases SET asked_at = waiting_since WHERE state = 'awaitingCitizen'",
            // The days of measures that are not done, in order: what `measures` says, where lists and reminders read it.
            "ALTER TABLE cases ADD COLUMN measures_due TEXT NOT NULL DEFAULT ''",
            // What had been done when the case was opened again.
            "ALTER TABLE measures ADD COLUMN is_spent INTEGER NOT NULL DEFAULT 0 CHECK (is_spent IN (0, 1))",
            """
            UPDATE measures SET is_spent = 1 WHERE done_at IS NOT NULL AND EXISTS (
                SELECT 1 FROM cases WHERE cases.municipality = measures.municipality AND cases.id = measures.case_id
                    AND cases.state <> 'closed' AND cases.clocks_from > cases.created_at
                    AND cases.clocks_from > measures.done_at)
            """,
            "CREATE INDEX measures_to_do ON measures (municipality, case_id, due_at) WHERE done_at IS NULL AND due_at IS NOT NULL",
        ] + deadlinesOfClosedCases(in: dialect) + [
            measuresDue(in: dialect),
            // So that the job finds them, which works out the rest; an open case has its deadlines from the job alone.
            """
            UPDATE cases SET (next_due_at, next_due_kind, list_order) = (
                SELECT min(due_at), 'measure', min(due_at) FROM measures
                WHERE measures.municipality = cases.municipality AND measures.case_id = cases.id
                    AND done_at IS NULL AND due_at IS NOT NULL)
            WHERE state = 'closed' AND measures_due <> ''
            """,
            "UPDATE jobs SET due_at = 0 WHERE name = 'deadlines'",
            """
            CREATE TABLE tellings (
                municipality BIGINT NOT NULL,
                event_id BIGINT NOT NULL,
                contact_id BIGINT NOT NULL,
                how TEXT NOT NULL CHECK (how IN ('telephone', 'visit', 'letter', 'email', 'sms', 'chat', 'other', 'nobody')),
                at BIGINT NOT NULL,
                user_id BIGINT,
                contractor_id BIGINT,
                note TEXT,
                PRIMARY KEY (municipality, event_id, contact_id),
                FOREIGN KEY (municipality, event_id) REFERENCES events (municipality, id),
                FOREIGN KEY (municipality, contact_id) REFERENCES contacts (municipality, id),
                FOREIGN KEY (municipality, user_id) REFERENCES users (municipality, id),
                CHECK (user_id IS NULL OR contractor_id IS NULL)
            )
            """,
            // What has a deadline stands in lists, closed or not: with these conditions nothing grows with the cases that
            // are done.
            "DROP INDEX open_cases", "DROP INDEX open_cases_by_unit", "DROP INDEX open_cases_by_handler",
            "DROP INDEX open_cases_by_state", "DROP INDEX open_case_counts", "DROP INDEX open_cases_by_first_answer",
            "CREATE INDEX standing_cases ON cases (municipality, list_order, id) WHERE list_order IS NOT NULL",
            """
            CREATE INDEX standing_cases_by_unit ON cases (municipality, unit_id, list_order, id)
            WHERE list_order IS NOT NULL
            """,
            """
            CREATE INDEX standing_cases_by_handler ON cases (municipality, handler_id, list_order, id)
            WHERE list_order IS NOT NULL
            """,
            """
            CREATE INDEX standing_cases_by_state ON cases (municipality, state, list_order, id)
            WHERE list_order IS NOT NULL
            """,
            """
            CREATE INDEX standing_case_counts ON cases (municipality, unit_id, handler_id, state, is_confidential, is_acute,
                feedback_at, settled_at, untold_since, list_order) WHERE list_order IS NOT NULL
            """,
            """
            CREATE INDEX standing_cases_by_first_answer ON cases (municipality, unit_id, first_answer_due_at)
            WHERE list_order IS NOT NULL
            """,
            "CREATE INDEX untold_cases ON cases (municipality, list_order, id) WHERE untold_since IS NOT NULL",
        ]
    }

    /// Until now a closed case could have none.
    private static func deadlinesOfClosedCases(in dialect: Dialect) -> [SQL] {
        switch dialect {
        case .postgres:
            [
                "ALTER TABLE cases DROP CONSTRAINT cases_check2",
                "ALTER TABLE cases ADD CONSTRAINT cases_open_check CHECK (state = 'closed' OR next_due_at IS NOT NULL)",
            ]
        case .sqlite:
            // As in migration 12: the way to change a CHECK that does not copy the table.
            [
                "PRAGMA writable_schema = ON",
                """
                UPDATE sqlite_schema SET sql = replace(sql, '(state = ''closed'') = (next_due_at IS NULL)',
                    'state = ''closed'' OR next_due_at IS NOT NULL')
                WHERE type = 'table' AND name = 'cases'
                """,
                "PRAGMA writable_schema = RESET",
            ]
        }
    }

    private static func measuresDue(in dialect: Dialect) -> SQL {
        let days: SQL =
            switch dialect {
            case .sqlite: "group_concat(due_at, ' ')"
            case .postgres: "string_agg(due_at::text, ' ' ORDER BY due_at)"
            }
        return """
            UPDATE cases SET measures_due = (
                SELECT \(days) FROM (
                    SELECT DISTINCT due_at FROM measures
                    WHERE measures.municipality = cases.municipality AND measures.case_id = cases.id
                        AND done_at IS NULL AND due_at IS NOT NULL ORDER BY due_at) AS days)
            WHERE EXISTS (SELECT 1 FROM measures WHERE measures.municipality = cases.municipality
                AND measures.case_id = cases.id AND done_at IS NULL AND due_at IS NOT NULL)
            """
    }
}
