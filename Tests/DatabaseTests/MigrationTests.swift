import Database
import Testing

@Suite struct MigrationTests {
    private static let first = Migration(number: 1, name: "cases") { dialect in
        ["CREATE TABLE cases (id \(dialect.integer) PRIMARY KEY)", "INSERT INTO cases VALUES (1)"]
    }
    private static let second = Migration(number: 2, name: "titles") { _ in
        ["ALTER TABLE cases ADD COLUMN title TEXT NOT NULL DEFAULT ''"]
    }

    @Test(arguments: Engine.allCases) func eachIsAppliedOnce(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            #expect(try await database.pendingMigrations([Self.first]).map(\.number) == [1])
            try await database.migrate([Self.first])
            try await database.migrate([Self.first])
            #expect(try await database.pendingMigrations([Self.first, Self.second]).map(\.name) == ["titles"])
            try await database.migrate([Self.first, Self.second])
            let titles: Int? = try await database.read(tenant: nil) { try $0.value("SELECT count(title) FROM cases") }
            #expect(titles == 1)
        }
    }

    @Test(arguments: Engine.allCases) func nodesThatStartAtOnceWaitForEachOther(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { try await database.migrate([Self.first, Self.second]) } }
                try await group.waitForAll()
            }
            let rows: Int? = try await database.read(tenant: nil) { try $0.value("SELECT count(*) FROM cases") }
            #expect(rows == 1)
        }
    }

    @Test(arguments: Engine.allCases) func aFailedOneLeavesNothing(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            let broken = Migration(number: 2, name: "broken") { _ in
                ["CREATE TABLE half (id INTEGER)", "CREATE TABLE cases (id INTEGER)"]
            }
            await #expect(throws: DatabaseError.self) { try await database.migrate([Self.first, broken]) }
            let pending = try await database.pendingMigrations([Self.first, Self.second])
            #expect(pending.map(\.number) == [2])
            await #expect(throws: DatabaseError.self) {
                try await database.read(tenant: nil) { try $0.rows("SELECT * FROM half") }
            }
        }
    }

    @Test(arguments: Engine.allCases) func whatDoesNotFitIsRefused(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await database.migrate([Self.first, Self.second])
            let renamed = Migration(number: 2, name: "headings") { _ in [] }
            let third = Migration(number: 4, name: "gap") { _ in [] }
            let binding = Migration(number: 3, name: "binding") { _ in ["DELETE FROM cases WHERE id = \(1)"] }
            for wrong in [
                [Self.first], [Self.first, renamed], [Self.first, Self.second, third],
                [Self.second], [Self.first, Self.second, binding],
            ] {
                let error = await #expect(throws: DatabaseError.self) { try await database.migrate(wrong) }
                guard case .failed = error else {
                    Issue.record("\(String(describing: error)) does not say what is wrong")
                    continue
                }
            }
        }
    }
}
