import Database
import Testing

@Suite struct TransactionTests {
    static func withTable(_ engine: Engine, _ body: (Database) async throws -> Void) async throws {
        try await engine.withDatabase { database in
            try await database.execute(
                "CREATE TABLE a (municipality BIGINT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (municipality, n))")
            try await body(database)
        }
    }

    private static func count(_ database: Database) async throws -> Int? {
        try await database.read(tenant: nil) { try $0.value("SELECT count(*) FROM a") }
    }

    static func expect(_ rows: Int, in database: Database) async throws {
        let count = try await count(database)
        #expect(count == rows)
    }

    /// False when the database refuses: the second row has the first one's key.
    private static func insert(_ number: Int, twice: Bool, _ database: Database) async -> Bool {
        do {
            try await database.write(tenant: 1) { transaction in
                try transaction.run("INSERT INTO a VALUES (\(tenant: 1), \(number))")
                if twice { try transaction.run("INSERT INTO a VALUES (\(tenant: 1), \(number))") }
            }
            return true
        } catch {
            return false
        }
    }

    @Test(arguments: Engine.allCases) func everyStatementCarriesTheMunicipality(_ engine: Engine) async throws {
        try await Self.withTable(engine) { database in
            let statements: [SQL] = [
                "SELECT n FROM a", "SELECT n FROM a WHERE municipality = \(1)",
                "SELECT n FROM a WHERE municipality = \(tenant: 2)",
                "SELECT n FROM a WHERE municipality IN (\(tenant: 1), \(tenant: 2))",
            ]
            for statement in statements {
                await #expect(throws: DatabaseError.tenantMissing(sql: statement.text(for: database.dialect))) {
                    try await database.read(tenant: 1) { try $0.rows(statement) }
                }
                _ = try await database.read(tenant: nil) { try $0.rows(statement) }
            }
            await #expect(throws: DatabaseError.self) {
                try await database.write(tenant: 1) { try $0.run("DELETE FROM a") }
            }
            let touched = try await database.write(tenant: 1) {
                try $0.run("INSERT INTO a VALUES (\(tenant: 1), \(1))")
            }
            #expect(touched == 1)
        }
    }

    @Test(arguments: Engine.allCases) func aFailedTransactionStoresNothing(_ engine: Engine) async throws {
        try await Self.withTable(engine) { database in
            struct Refused: Error {}
            await #expect(throws: Refused.self) {
                try await database.write(tenant: nil) {
                    try $0.run("INSERT INTO a VALUES (1, 1)")
                    throw Refused()
                }
            }
            // Even when the closure takes no notice of the error.
            await #expect(throws: DatabaseError.self) {
                try await database.write(tenant: nil) {
                    try $0.run("INSERT INTO a VALUES (1, 1)")
                    _ = try? $0.run("INSERT INTO a VALUES (1, 1)")
                }
            }
            let count = try await Self.count(database)
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.allCases) func aSavepointUndoesOnlyItself(_ engine: Engine) async throws {
        try await Self.withTable(engine) { database in
            try await database.write(tenant: nil) { transaction in
                try transaction.run("INSERT INTO a VALUES (1, 1)")
                try transaction.savepoint {
                    try transaction.run("INSERT INTO a VALUES (1, 2)")
                    _ = try? transaction.savepoint {
                        try transaction.run("INSERT INTO a VALUES (1, 3)")
                        try transaction.run("INSERT INTO a VALUES (1, 1)")
                    }
                }
                try transaction.run("INSERT INTO a VALUES (1, 4)")
            }
            let numbers = try await database.read(tenant: nil) { transaction in
                try transaction.rows("SELECT n FROM a ORDER BY n").map { try $0["n"] as Int }
            }
            #expect(numbers == [1, 2, 4])
        }
    }

    @Test(arguments: Engine.allCases) func oneRefusedWriterDoesNotDisturbTheOthers(_ engine: Engine) async throws {
        try await Self.withTable(engine) { database in
            let refused = await withTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask { await Self.insert(number, twice: number.isMultiple(of: 4), database) ? 0 : 1 }
                }
                return await group.reduce(0, +)
            }
            #expect(refused == 50)
            let count = try await Self.count(database)
            #expect(count == 150)
        }
    }

    @Test(arguments: Engine.allCases) func readingTransactionsDoNotWrite(_ engine: Engine) async throws {
        try await Self.withTable(engine) { database in
            await #expect(throws: DatabaseError.self) {
                try await database.read(tenant: nil) { try $0.run("INSERT INTO a VALUES (1, 1)") }
            }
            let count = try await Self.count(database)
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.allCases) func returningGivesItsRows(_ engine: Engine) async throws {
        try await Self.withTable(engine) { database in
            let first = try await database.write(tenant: nil) { transaction in
                try transaction.row("INSERT INTO a VALUES (1, 1), (1, 2) RETURNING n")
            }
            #expect(try first?["n"] == 1)
            let count = try await Self.count(database)
            #expect(count == 2)
        }
    }

    @Test(arguments: Engine.allCases) func theWaitForATurnIsBounded(_ engine: Engine) async throws {
        try await engine.withDatabase(connections: 1, patience: .milliseconds(200)) { database in
            let (started, signal) = AsyncStream<Void>.makeStream()
            let gate = Gate()
            let slow = Task {
                try await database.read(tenant: nil) { _ in
                    signal.finish()
                    gate.wait()
                }
            }
            for await _ in started {}
            // Told so while the other still has the only connection.
            await #expect(throws: DatabaseError.unavailable(retryAfter: 2)) {
                try await database.read(tenant: nil) { try $0.rows("SELECT 1") }
            }
            gate.open()
            try await slow.value
        }
    }

    @Test(arguments: Engine.allCases) func afterClosingNothingHangs(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            await database.close()
            await #expect(throws: DatabaseError.self) {
                try await database.read(tenant: nil) { try $0.rows("SELECT 1") }
            }
        }
    }
}
