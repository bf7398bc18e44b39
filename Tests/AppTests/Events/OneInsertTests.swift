import Testing

@testable import Support

/// Each table has one INSERT: a second one would have to be remembered with every new column.
@Suite struct OneInsertTests {
    /// Tables with more, and why.
    private static let several: [String: String] = [
        "jobs": "beside the leases of jobs one row tells when the health was last written"
    ]

    @Test func eachTableIsFilledInOnePlace() throws {
        var places: [String: [String]] = [:]
        // Migrations move what is there; the bench fills a database in bulk and measures the rows alone.
        for file in try SourceFile.all()
        where !file.path.hasPrefix("Migrations/") && !file.path.hasPrefix("Bench/") {
            for match in file.text.matches(of: /INSERT INTO ([a-z_]+)/) {
                places[String(match.1), default: []].append(file.path)
            }
        }
        #expect(places.count > 30)
        let several = places.filter { $0.value.count > 1 }
        for (table, files) in several where Self.several[table] == nil {
            Issue.record("\(table) is filled by \(files.sorted().joined(separator: ", "))")
        }
        #expect(Set(Self.several.keys).subtracting(several.keys).isEmpty, "named here and not needed")
    }
}
