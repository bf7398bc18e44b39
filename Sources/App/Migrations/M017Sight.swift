import Database
import Domain

extension Migration {
    /// Who may know of what is confidential: units whose name alone tells it, what a reading was, and contacts that were
    /// joined from outside, which lead to the case when its unit has said so.
    static let sight = Migration(17, "sight") { _ in
        [
            """
            ALTER TABLE units ADD COLUMN is_discreet INTEGER NOT NULL DEFAULT 0 CHECK (is_discreet IN (0, 1))
            """,
            SQL(stringLiteral: "UPDATE units SET is_discreet = 1 WHERE \(DiscreetNameSQL.condition(on: "units.name"))"),
            """
            ALTER TABLE readings ADD COLUMN kind TEXT NOT NULL DEFAULT 'read'
            CHECK (kind IN ('read', 'existence', 'joined'))
            """,
            "ALTER TABLE questions ADD COLUMN is_held INTEGER NOT NULL DEFAULT 0 CHECK (is_held IN (0, 1))",
            // What has come in is counted apart for those who may not know of what is confidential.
            "DROP INDEX cases_by_arrival",
            """
            CREATE INDEX cases_by_arrival ON cases (municipality, unit_id, is_confidential, passed_at)
            WHERE state <> 'new'
            """,
        ]
    }
}

/// `DiscreetName.gives` as text of both engines, for a migration, which cannot run Swift over rows. Neither engine makes
/// å, ä and the like small where the locale does not say so.
enum DiscreetNameSQL {
    static func condition(on column: String) -> String {
        let small = ["Å": "å", "Ä": "ä", "Ö": "ö", "Æ": "æ", "Ø": "ø"].sorted { $0.key < $1.key }
        let spaces = "-–/,.()&+:;".map { ("\($0)", " ") } + Array(repeating: ("  ", " "), count: 3)
        let exceptions = DiscreetName.exceptions.map { (" \($0) ", " ") }
        var source = "(SELECT ' ' || lower(\(column)) || ' ' AS name) AS given"
        // In portions: SQLite reads only so many brackets within each other.
        let steps = small.map { ($0.key, $0.value) } + spaces + exceptions
        for start in stride(from: 0, to: steps.count, by: 5) {
            let portion = steps[start..<min(start + 5, steps.count)]
            let name = portion.reduce("name") { "replace(\($0), '\($1.0)', '\($1.1)')" }
            source = "(SELECT \(name) AS name FROM \(source)) AS given"
        }
        let patterns =
            DiscreetName.parts.map { "%\($0)%" } + (DiscreetName.words + DiscreetName.phrases).map { "% \($0) %" }
        let likes = patterns.map { "name LIKE '\($0)'" }.joined(separator: " OR ")
        return "EXISTS (SELECT 1 FROM \(source) WHERE \(likes))"
    }
}
