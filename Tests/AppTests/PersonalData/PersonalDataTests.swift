import Database
import Foundation
import Support
import Testing

@testable import App

/// The register of personal data is the whole of it: what the database of either engine holds, and what the documentation says.
@Suite struct PersonalDataTests {
    private struct Column: Hashable, Sendable, CustomStringConvertible {
        var table: String
        var name: String
        var isText: Bool
        var description: String { "\(table).\(name)" }
    }

    /// Of all tables after all migrations, but those that the search makes for itself.
    private func columns() async throws -> Set<Column> {
        let torg = try await TestTorg()
        let found = try await torg.installation.database.read(tenant: nil) { tx in
            let query: SQL =
                switch tx.dialect {
                case .sqlite:
                    """
                    SELECT tables.name AS table_name, columns.name AS column_name, columns.type AS data_type
                    FROM sqlite_schema tables JOIN pragma_table_info(tables.name) columns
                    WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%' AND tables.name NOT LIKE 'search_index%'
                        AND tables.name NOT LIKE 'search_words%'
                    """
                case .postgres:
                    """
                    SELECT CAST(table_name AS TEXT) AS table_name, CAST(column_name AS TEXT) AS column_name,
                        CAST(data_type AS TEXT) AS data_type
                    FROM information_schema.columns WHERE table_schema = current_schema()
                    """
                }
            return try tx.rows(query).map { row in
                let type: String = try row["data_type"]
                let numbers = ["INTEGER", "BIGINT", "TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE"]
                return Column(
                    table: try row["table_name"], name: try row["column_name"],
                    isText: !numbers.contains(type.uppercased()))
            }
        }
        await torg.close()
        return Set(found)
    }

    private static let registered = PersonalData.register.flatMap { data in
        data.columns.map { "\(data.table).\($0)" }
    }
    private static let impersonal = PersonalData.impersonal.flatMap { table, told in
        told.columns.map { "\(table).\($0)" }
    }

    @Test func everyColumnOfTextIsNamedOnce() async throws {
        let columns = try await columns()
        #expect(columns.count > 300, "the whole schema was read")
        let texts = Set(columns.filter(\.isText).map(\.description))
        let named = Self.registered + Self.impersonal
        #expect(
            texts.subtracting(named).sorted() == [],
            "say in the register what it tells of whom, or that it tells nothing")
        #expect(Set(named).subtracting(columns.map(\.description)).sorted() == [], "named, and not there")
        #expect(Dictionary(grouping: named) { $0 }.filter { $1.count > 1 }.keys.sorted() == [], "named twice")
        #expect(PersonalData.impersonal.values.allSatisfy { !$0.why.isEmpty && !$0.columns.isEmpty })
    }

    /// Who did something is a person as well, though the column holds a number.
    @Test func everyColumnThatNamesAColleagueIsNamed() async throws {
        let ids = try await columns().filter { column in
            ["user_id", "handler_id", "leader_id", "receiver_id", "substitute_id", "owner_id"]
                .contains { column.name.hasSuffix($0) }
                || [
                    "actor_id", "registered_by", "addressed_by", "created_by", "wanted_by", "decided_by",
                    "password_set_by",
                ]
                .contains(column.name)
        }.map(\.description)
        #expect(ids.count > 20)
        let technical: Set = ["idempotency_keys.user_id"]
        #expect(Set(ids).subtracting(Self.registered).subtracting(technical).sorted() == [])
    }

    @Test func theDocumentationIsTheRegister() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/privacy.md")
            .standardized
        let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "<!-- torg privacy -->\n")
        try #require(parts.count == 3, "between two marks stands what `torg privacy` prints")
        #expect(parts[1] == "\n" + PersonalData.document + "\n\n")
    }
}
