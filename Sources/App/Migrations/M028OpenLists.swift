import Database

extension Migration {
    /// Lists that grow leave the schema, so that a new value needs no new table (docs/decisions/0015). `StoredList` has them.
    static let openLists = Migration(28, "open lists") { dialect in
        switch dialect {
        case .postgres: closedLists.map { "ALTER TABLE \($0.table) DROP CONSTRAINT \($0.constraint)" }
        case .sqlite:
            // As in migration 12: what does not change how rows are stored needs no copy of the table. This table refuses
            // all when a list is not found exactly once; making and dropping it tells other connections of the change.
            ["CREATE TABLE opened_lists (number INTEGER NOT NULL CHECK (number = 1))", "PRAGMA writable_schema = ON"]
                + closedLists.flatMap(withoutCheck)
                + ["PRAGMA writable_schema = RESET", "DROP TABLE opened_lists"]
        }
    }

    private struct ClosedList {
        let table: SQL
        let column: SQL
        /// PostgreSQL's name, which a table keeps that is renamed.
        let constraint: SQL
    }

    private static let closedLists: [ClosedList] = [
        .init(table: "contacts", column: "channel", constraint: "contacts_channel_check"),
        .init(table: "cases", column: "outcome", constraint: "cases_outcome_check"),
        .init(table: "measures", column: "kind", constraint: "measures_kind_check"),
        .init(table: "mails", column: "medium", constraint: "mails_new_medium_check"),
        .init(table: "mails", column: "state", constraint: "mails_new_state_check"),
        .init(table: "report_settings", column: "report", constraint: "report_settings_report_check"),
        .init(table: "contractor_links", column: "outcome", constraint: "contractor_links_outcome_check"),
        .init(table: "readings", column: "kind", constraint: "readings_kind_check"),
        .init(table: "sight_grants", column: "state", constraint: "sight_grants_state_check"),
        .init(table: "tellings", column: "how", constraint: "tellings_how_check"),
    ]

    private static func withoutCheck(of list: ClosedList) -> [SQL] {
        let start: SQL = "'CHECK (\(list.column) IN ('"
        return [
            """
            UPDATE sqlite_schema SET sql = substr(sql, 1, instr(sql, \(start)) - 1) || substr(sql,
                instr(sql, \(start)) + instr(substr(sql, instr(sql, \(start))), '))') + 1)
            WHERE type = 'table' AND name = '\(list.table)'
                AND length(sql) - length(replace(sql, \(start), '')) = length(\(start))
            """,
            "INSERT INTO opened_lists (number) VALUES (changes())",
        ]
    }
}
