import Database
import Domain

extension Migration {
    /// Who may know of what is confidential: units whose name alone tells it, what a reading was, and contacts that were
    /// joined from outside, which lead to the case when its unit has said so.
    static let sight = Migration(17, "sight") { _ in
        let mark: SQL = """
            ALTER TABLE units ADD COLUMN is_discreet INTEGER NOT NULL DEFAULT 0 CHECK (is_discreet IN (0, 1))
            """
        return [mark] + DiscreetNameSQL.statements + [
            """
            ALTER TABLE readings ADD COLUMN kind TEXT NOT NULL DEFAULT 'read'
            CHECK (kind IN ('read', 'existence', 'joined'))
            """,
            "ALTER TABLE questions ADD COLUMN is_held INTEGER NOT NULL DEFAULT 0 CHECK (is_held IN (0, 1))",
            // Looking through what is confidential stands apart: everybody sees when a unit was looked through, and could
            // tell from it that something had come.
            """
            CREATE TABLE confidential_looks (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                unit_id BIGINT NOT NULL,
                day TEXT NOT NULL,
                user_id BIGINT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (municipality, unit_id, day, user_id),
                FOREIGN KEY (municipality, unit_id) REFERENCES units (municipality, id),
                FOREIGN KEY (municipality, user_id) REFERENCES users (municipality, id)
            )
            """,
            "CREATE INDEX confidential_looks_by_time ON confidential_looks (municipality, unit_id, at)",
            """
            INSERT INTO confidential_looks (municipality, unit_id, day, user_id, at)
            SELECT municipality, unit_id, day, user_id, at FROM looks
            """,
            // What has come in is counted apart for those who may not know of what is confidential.
            "DROP INDEX cases_by_arrival",
            """
            CREATE INDEX cases_by_arrival ON cases (municipality, unit_id, is_confidential, passed_at)
            WHERE state <> 'new'
            """,
        ]
    }
}

/// Marks all units as `DiscreetName.gives` says, for a migration, which cannot run Swift over rows. Neither engine makes å,
/// ä and the like small where the locale does not say so; and one at a time, because SQLite's parser takes no deep nesting.
enum DiscreetNameSQL {
    static var statements: [SQL] {
        var all = ["CREATE TABLE spaced_names AS SELECT municipality, id, lower(name) AS name FROM units"]
        func replace(_ found: String, with text: String) {
            all.append("UPDATE spaced_names SET name = replace(name, '\(found)', '\(text)')")
        }
        for (large, small) in zip("ÅÄÖÆØ", "åäöæø") { replace("\(large)", with: "\(small)") }
        for sign in DiscreetName.invisible { replace(sign, with: "") }
        for sign in "-–/,.()&+:;\u{A0}" { replace("\(sign)", with: " ") }
        all.append("UPDATE spaced_names SET name = ' ' || name || ' '")
        for _ in 1...3 { replace("  ", with: " ") }
        for exception in DiscreetName.exceptions { replace(" \(exception) ", with: " ") }
        let patterns =
            DiscreetName.parts.map { "%\($0)%" } + DiscreetName.words.map { "% \($0) %" }
        all.append(
            """
            UPDATE units SET is_discreet = 1 WHERE EXISTS (SELECT 1 FROM spaced_names
                WHERE spaced_names.municipality = units.municipality AND spaced_names.id = units.id
                    AND (\(patterns.map { "spaced_names.name LIKE '\($0)'" }.joined(separator: " OR "))))
            """)
        all.append("DROP TABLE spaced_names")
        return all.map { SQL(stringLiteral: $0) }
    }
}
