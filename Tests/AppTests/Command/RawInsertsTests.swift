import Database
import Support
import Testing

@testable import App

/// What registering is measured against has to be the same rows, else the ratio says nothing.
@Suite struct RawInsertsTests {
    @Test func theRowsAreThoseThatARegistrationLeaves() async throws {
        let api = try await Api()
        let person = ["name": "Caller", "email": "caller@example.org"]
        let answer = try await api.post(
            "/contacts",
            ["channel": "telephone", "person": person, "questions": [["text": RawInserts.question]]],
            key: "1234567890123456789")
        #expect(answer.status == 201)
        try await api.torg.installation.write(api.torg.sandvik) { try RawInserts(in: $0).insert(in: $0) }
        for (table, condition, ownColumns) in Self.tables {
            let rows = try await api.torg.installation.read(api.torg.sandvik) { op in
                try op.tx.rows(
                    "SELECT * FROM \(table) WHERE municipality = \(op.tenant) AND \(condition) ORDER BY 1, 2, 3")
            }
            let (one, other) = try (#require(rows.first), #require(rows.last))
            for column in one.columnNames {
                let (left, right): (SQLValue, SQLValue) = try (one[column], other[column])
                let name = "\(table.text(for: .sqlite)).\(column)"
                if ownColumns.contains(column) {
                    #expect(abs(left.bytes - right.bytes) <= 3, "\(name): \(left) \(right)")
                } else {
                    #expect(left == right, "\(name)")
                }
            }
        }
        await api.close()
    }

    /// Each with the columns that tell one registration from another, or who made it.
    private static let tables: [(SQL, among: SQL, Set<String>)] = [
        ("idempotency_keys", all, ["user_id", "key", "body", "request_hash"]),
        ("contacts", all, ["id", "registered_by"]), ("cases", all, ["id", "number", "registered_by"]),
        ("events", "case_id IS NOT NULL", ["id", "case_id", "actor_id", "data"]),
        ("events", "contact_id IS NOT NULL", ["id", "contact_id", "actor_id", "data"]),
        ("outbox", all, ["id", "case_id", "event_id", "contact_id", "body", "subject"]),
        ("questions", all, ["id", "contact_id", "case_id"]), ("search_texts", all, ["id", "words"]),
        ("search_texts_of_contacts", all, ["id"]),
    ]
    private static let all: SQL = "1 = 1"
}

extension SQLValue {
    fileprivate var bytes: Int {
        switch self {
        case .null: 0
        case .integer, .real: 8
        case .text(let text): text.utf8.count
        case .blob(let bytes): bytes.count
        }
    }
}
