import Database

extension Migration {
    /// Being late is counted by the first deadline, also while the case is parked until a later day; and a contractor
    /// who asks something is answered in time.
    static let late = Migration(14, "late") { _ in
        [
            "ALTER TABLE cases ADD COLUMN contractor_asked_at BIGINT",
            // What was asked before and not answered.
            """
            UPDATE cases SET contractor_asked_at = (
                SELECT min(asked.at) FROM events AS asked
                WHERE asked.municipality = cases.municipality AND asked.case_id = cases.id
                    AND asked.kind = 'contractor_asked' AND NOT EXISTS (
                        SELECT 1 FROM events AS later WHERE later.municipality = cases.municipality
                            AND later.case_id = cases.id AND later.id > asked.id
                            AND later.kind IN ('contractor_told', 'routed')))
            WHERE contractor_id IS NOT NULL AND state <> 'closed'
            """,
            "DROP INDEX open_case_counts",
            """
            CREATE INDEX open_case_counts ON cases (municipality, unit_id, handler_id, state, is_confidential, is_acute,
                feedback_at, list_order) WHERE state <> 'closed'
            """,
            // Cases from before have no reminder and no time of the first answer until this job has been there.
            "UPDATE jobs SET due_at = 0 WHERE name = 'deadlines'",
        ]
    }
}
