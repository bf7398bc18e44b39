import Database
import Testing

@Suite struct ConstraintTests {
    @Test(arguments: Engine.allCases) func refusalsHaveTheirKind(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await database.execute(
                "CREATE TABLE parents (id BIGINT PRIMARY KEY)",
                """
                CREATE TABLE children (
                    id BIGINT PRIMARY KEY, parent BIGINT NOT NULL REFERENCES parents (id),
                    age INTEGER NOT NULL CHECK (age >= 0), name TEXT UNIQUE)
                """,
                "INSERT INTO parents VALUES (1)", "INSERT INTO children VALUES (1, 1, 1, 'secret')")
            let cases: [(SQL, DatabaseError.ConstraintKind)] = [
                ("INSERT INTO children VALUES (\(1), 1, 1, NULL)", .unique),
                ("INSERT INTO children VALUES (2, 1, 1, \("secret"))", .unique),
                ("INSERT INTO children VALUES (2, \(99), 1, NULL)", .foreignKey),
                ("INSERT INTO children VALUES (2, 1, \(-1), NULL)", .check),
                ("INSERT INTO children VALUES (2, 1, \(nil as Int?), NULL)", .notNull),
                ("DELETE FROM parents", .foreignKey),
            ]
            for (sql, expected) in cases {
                let error = await #expect(throws: DatabaseError.self) {
                    try await database.write(tenant: nil) { try $0.run(sql) }
                }
                guard case .constraint(let kind, let detail) = error else {
                    Issue.record("\(String(describing: error)) is not a constraint")
                    continue
                }
                #expect(kind == expected)
                #expect(!detail.contains("secret") && !detail.contains("99"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func aDeferredForeignKeyFailsItsOwnWriter(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await database.execute(
                "CREATE TABLE parents (id BIGINT PRIMARY KEY)",
                "CREATE TABLE children (parent BIGINT REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)")
            async let good: Int = database.write(tenant: nil) { transaction in
                try transaction.run("INSERT INTO children VALUES (1)")
                return try transaction.run("INSERT INTO parents VALUES (1)")
            }
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write(tenant: nil) { try $0.run("INSERT INTO children VALUES (2)") }
            }
            #expect(try await good == 1)
            guard case .constraint(.foreignKey, _) = error else {
                Issue.record("\(String(describing: error)) is not a foreign key")
                return
            }
        }
    }

    @Test(arguments: Engine.allCases) func errorsNeverQuoteValues(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await database.execute("CREATE TABLE n (id INTEGER PRIMARY KEY)")
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write(tenant: nil) { try $0.run("INSERT INTO n VALUES (\("secret word"))") }
            }
            guard case .malformed = error else {
                Issue.record("\(String(describing: error)) is not a malformed value")
                return
            }
            #expect(error?.description.contains("secret") == false)
        }
    }

    @Test func theURLIsChecked() {
        for url in ["", "sqlite:", "sqlite::memory:", "mysql://x", "postgres://user:secret@[host/x"] {
            let error = #expect(throws: DatabaseError.self) { _ = try Database.open(url: url) }
            #expect(error?.description.contains("secret") == false)
        }
    }
}
