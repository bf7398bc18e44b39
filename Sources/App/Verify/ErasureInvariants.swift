import Database
import Domain

extension Invariant {
    /// Of what was erased: that it is gone, and that nothing has come to it since.
    static let erased: [Invariant] = [
        .cases(
            "erased_and_under_way", "is erased, and something is left to do about it",
            breach: """
                (people_erasure_id IS NOT NULL OR words_erasure_id IS NOT NULL)
                AND (state <> 'closed' OR list_order IS NOT NULL OR untold_since IS NOT NULL)
                """),
        .cases(
            "case_erased_in_part", "is erased, but some of it is still there",
            breach: "words_erasure_id IS NOT NULL AND \(PersonalData.leftovers(of: "cases"))"),
        gone("contact_erased_in_part", .contact, "contacts") { $0.contacts("id") },
        gone("question_erased_in_part", .question, "questions") { $0.contacts("contact_id") },
        gone("mail_erased_in_part", .mail, "outbox") { $0.cases("case_id") },
    ]

    private static func gone(
        _ name: String, _ about: Subject, _ table: String, _ looked: @escaping @Sendable (VerifyScope) -> SQL
    ) -> Invariant {
        Invariant(name, about, "is erased, but some of it is still there") { scope in
            """
            SELECT id AS subject FROM \(SQL(stringLiteral: table)) WHERE municipality = \(scope.tenant)\(looked(scope))
                AND erasure_id IS NOT NULL AND \(PersonalData.leftovers(of: table)) ORDER BY id
            """
        }
    }
}

extension PersonalData {
    /// Whether a row of the table holds something in a column that the register says is emptied.
    fileprivate static func leftovers(of table: String) -> SQL {
        "(\(SQL.joined(register.filter { $0.table == table }.flatMap(\.leftovers), separator: " OR ")))"
    }

    /// A condition for each column that holds something though it was emptied.
    private var leftovers: [SQL] {
        guard case .blanked(let blank) = erasure else { return [] }
        return columns.map { column in
            switch blank {
            case .null: SQL(stringLiteral: "\(column) IS NOT NULL")
            case .nothing: SQL(stringLiteral: "\(column) <> ''")
            case .own: SQL(stringLiteral: "\(column) <> '#' || CAST(id AS TEXT)")
            }
        }
    }
}
