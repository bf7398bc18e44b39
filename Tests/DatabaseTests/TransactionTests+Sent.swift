import Database
import Testing

/// What is sent without waiting, and what is asked once.
extension TransactionTests {
    @Test(arguments: Engine.allCases) func whatIsAskedOnceIsAskedAnewWhenItHasChanged(_ engine: Engine) async throws {
        try await Self.withTable(engine) { database in
            let counts = try await database.write(tenant: nil) { transaction in
                let count = { try transaction.once("rows", "SELECT count(*) FROM a") }
                var counts = [try count()]
                try transaction.run("INSERT INTO a VALUES (1, 1)")
                transaction.forget("rows")
                counts.append(try count())
                try? transaction.savepoint {
                    try transaction.run("INSERT INTO a VALUES (1, 2)")
                    transaction.forget("rows")
                    counts.append(try count())
                    throw DatabaseError.conflict
                }
                return counts + [try count()]
            }
            #expect(counts == [0, 1, 2, 1])
        }
    }

    @Test(arguments: Engine.allCases) func whatIsSentFailsInItsOwnTransaction(_ engine: Engine) async throws {
        try await Self.withTable(engine) { database in
            let refused = await withTaskGroup(of: Int.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let stored: Void? = try? await database.write(tenant: 1) { transaction in
                            try transaction.send("INSERT INTO a VALUES (\(tenant: 1), \(number))")
                            try transaction.send(
                                "INSERT INTO a VALUES (\(tenant: 1), \(number % 4 == 0 ? number : 1000 + number))")
                        }
                        return stored == nil ? 1 : 0
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(refused == 25)
            try await Self.expect(150, in: database)
        }
    }

    @Test(arguments: Engine.allCases) func whatIsSentIsThereForTheNextQuestion(_ engine: Engine) async throws {
        try await Self.withTable(engine) { database in
            let counts = try await database.write(tenant: nil) { transaction in
                try (0..<150).map { number in
                    try transaction.send("INSERT INTO a VALUES (1, \(number))")
                    return number % 70 == 0 ? try transaction.value("SELECT count(*) FROM a") ?? 0 : number + 1
                }
            }
            #expect(counts == Array(1...150))
            // More values than a prepared statement is kept for.
            let many: [Int] = Array(0..<100)
            try await database.write(tenant: nil) { transaction in
                try transaction.send("INSERT INTO a VALUES (2, 1)")
                try transaction.send("DELETE FROM a WHERE n IN \(list: many)")
            }
            try await Self.expect(50, in: database)
        }
    }

    @Test(arguments: Engine.allCases) func aSavepointUndoesWhatWasSentInIt(_ engine: Engine) async throws {
        try await Self.withTable(engine) { database in
            struct Refused: Error {}
            try await database.write(tenant: nil) { transaction in
                try transaction.send("INSERT INTO a VALUES (1, 1)")
                // Refused at its end, then by the closure with a refusal still on its way.
                #expect(throws: DatabaseError.self) {
                    try transaction.savepoint { try transaction.send("INSERT INTO a VALUES (1, 1)") }
                }
                #expect(throws: Refused.self) {
                    try transaction.savepoint {
                        try transaction.send("INSERT INTO a VALUES (1, 2)")
                        _ = try? transaction.send("INSERT INTO a VALUES (1, 1)")
                        throw Refused()
                    }
                }
                try transaction.send("INSERT INTO a VALUES (1, 3)")
            }
            try await Self.expect(2, in: database)
            // Outside a savepoint nothing of it is stored, whoever notices.
            await #expect(throws: DatabaseError.self) {
                try await database.write(tenant: nil) { transaction in
                    try transaction.send("INSERT INTO a VALUES (1, 4)")
                    _ = try? transaction.send("INSERT INTO a VALUES (1, 1)")
                    _ = try? transaction.savepoint { try transaction.run("INSERT INTO a VALUES (1, 5)") }
                }
            }
            try await Self.expect(2, in: database)
        }
    }
}
