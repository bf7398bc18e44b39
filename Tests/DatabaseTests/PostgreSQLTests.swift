import Database
import Foundation
import Testing

/// What is true of PostgreSQL alone: a server that goes away and comes back.
@Suite(.serialized) struct PostgreSQLTests {
    /// Keeps asking until it answers, for ten seconds.
    private static func answers(_ database: Database) async throws -> Bool {
        for _ in 0..<100 {
            let one: Int? = try? await database.read(tenant: nil) { try $0.value("SELECT 1 AS one") }
            if one == 1 { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    private static func backends(_ database: Database) async throws -> [Int] {
        try await database.read(tenant: nil) { transaction in
            try transaction.rows("SELECT pg_backend_pid() AS pid").map { try $0["pid"] }
        }
    }

    @Test func aLostConnectionIsReplacedBeforeAnythingIsTried() async throws {
        try await Engine.postgres.withDatabase(connections: 1) { database in
            let first = try await Self.backends(database)
            try await Self.terminate(first)
            let second = try await Self.backends(database)
            #expect(first != second)
        }
    }

    @Test func aConnectionLostWithinATransactionFailsIt() async throws {
        try await Engine.postgres.withDatabase(connections: 1) { database in
            try await database.execute("CREATE TABLE a (n INTEGER)")
            await #expect(throws: DatabaseError.unavailable(retryAfter: 2)) {
                try await database.write(tenant: nil) { transaction in
                    try transaction.run("INSERT INTO a VALUES (1)")
                    _ = try transaction.rows("SELECT pg_terminate_backend(pg_backend_pid())")
                }
            }
            let count: Int? = try await database.read(tenant: nil) { try $0.value("SELECT count(*) FROM a") }
            #expect(count == 0)
        }
    }

    private static func terminate(_ backends: [Int]) async throws {
        let admin = try Database.open(url: try #require(Engine.server), connections: 1)
        for backend in backends {
            _ = try await admin.read(tenant: nil) {
                try $0.rows("SELECT pg_terminate_backend(CAST(\(backend) AS INTEGER))")
            }
        }
        await admin.close()
        try await Task.sleep(for: .milliseconds(200))
    }

    @Test func withoutAServerTheAnswerIsQuick() async throws {
        let database = try Database.open(url: "postgres://nobody:secret@127.0.0.1:1/none")
        let begun = ContinuousClock.now
        for _ in 0..<20 {
            let error = await #expect(throws: DatabaseError.self) {
                try await database.read(tenant: nil) { try $0.rows("SELECT 1") }
            }
            #expect(error == .unavailable(retryAfter: 2))
        }
        #expect(ContinuousClock.now - begun < .seconds(5))
        await database.close()
    }

    @Test(.enabled(if: OwnPostgreSQL.isWanted))
    func aRestartedServerNeedsNoRestartOfOurs() async throws {
        let server = try OwnPostgreSQL()
        let database = try Database.open(url: server.url)
        #expect(try await Self.answers(database))
        try server.halt("fast")
        let begun = ContinuousClock.now
        let error = await #expect(throws: DatabaseError.self) {
            try await database.read(tenant: nil) { try $0.rows("SELECT 1") }
        }
        #expect(error == .unavailable(retryAfter: 2))
        #expect(ContinuousClock.now - begun < .seconds(2))
        try server.resume()
        #expect(try await Self.answers(database))
        await database.close()
        try server.remove()
    }

    @Test(.enabled(if: OwnPostgreSQL.isWanted))
    func whatWasAcceptedSurvivesACrashOfTheServer() async throws {
        let server = try OwnPostgreSQL()
        let database = try Database.open(url: server.url)
        #expect(try await Self.answers(database))
        try await database.execute("CREATE TABLE accepted (n INTEGER PRIMARY KEY)")
        let accepted = await withTaskGroup(of: [Int].self) { group in
            for writer in 0..<8 {
                group.addTask {
                    var accepted: [Int] = []
                    var number = writer
                    while (try? await database.execute("INSERT INTO accepted VALUES (\(number))")) != nil {
                        accepted.append(number)
                        number += 8
                    }
                    return accepted
                }
            }
            try? await Task.sleep(for: .milliseconds(500))
            #expect(throws: Never.self) { try server.halt("immediate") }
            return await group.reduce([], +)
        }
        try server.resume()
        #expect(try await Self.answers(database))
        let stored = try await database.read(tenant: nil) { transaction in
            Set(try transaction.rows("SELECT n FROM accepted").map { try $0["n"] as Int })
        }
        #expect(!accepted.isEmpty && stored.isSuperset(of: accepted))
        await database.close()
        try server.remove()
    }

    @Test func aSerializationFailureIsAConflict() async throws {
        try await Engine.withSchema { url in
            let database = try Database.open(url: url)
            let other = try Database.open(url: url)
            try await database.execute(
                "CREATE TABLE a (n INTEGER PRIMARY KEY, v INTEGER)", "INSERT INTO a VALUES (1, 0), (2, 0)")
            // Each holds one row and wants the other's, however often it tries: PostgreSQL lets one of them go on.
            let outcomes = await withTaskGroup(of: Result<Void, any Error>.self) { group in
                for (node, mine, yours) in [(database, 1, 2), (other, 2, 1)] {
                    group.addTask {
                        await Result(catching: {
                            try await node.write(tenant: nil) { transaction in
                                try transaction.run("UPDATE a SET v = v + 1 WHERE n = \(mine)")
                                blockThread(seconds: 0.5)
                                try transaction.run("UPDATE a SET v = v + 1 WHERE n = \(yours)")
                            }
                        })
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let errors = outcomes.compactMap { outcome in
                if case .failure(let error) = outcome { error as? DatabaseError } else { nil }
            }
            #expect(errors.allSatisfy { $0 == .conflict } && errors.count < 2)
            // What was told is what was stored.
            let sum: Int? = try await database.read(tenant: nil) { try $0.value("SELECT sum(v) FROM a") }
            #expect(sum == (2 - errors.count) * 2)
            await other.close()
            await database.close()
        }
    }

    @Test func aServerThatStoresNothingSaysTryAgain() async throws {
        try await Engine.withSchema { url in
            let database = try Database.open(url: url, connections: 1)
            try await database.execute("CREATE TABLE a (n INTEGER)", "INSERT INTO a VALUES (1)")
            let standby = try Database.open(url: url + "%20-cdefault_transaction_read_only%3Don", connections: 1)
            await #expect {
                try await standby.execute("UPDATE a SET n = 2")
            } throws: {
                if case DatabaseError.cannotStore = $0 { true } else { false }
            }
            let count: Int? = try await standby.read(tenant: nil) { try $0.value("SELECT n FROM a") }
            #expect(count == 1)
            #expect(standby.latestStorageFault != nil)
            // Somebody holds the lock for longer than anybody waits.
            let other = try Database.open(url: url, connections: 1)
            let (started, signal) = AsyncStream<Void>.makeStream()
            let gate = Gate()
            async let held: Void = other.write(tenant: nil) { tx in
                try tx.run("UPDATE a SET n = 3")
                signal.finish()
                gate.wait()
            }
            for await _ in started {}
            await #expect {
                try await database.execute("UPDATE a SET n = 4")
            } throws: {
                ($0 as? DatabaseError)?.retryAfter != nil
            }
            gate.open()
            try await held
            try await database.execute("UPDATE a SET n = 4")
            await standby.close()
            await other.close()
            await database.close()
        }
    }

    @Test func aChangedTableDoesNotBreakPreparedStatements() async throws {
        try await Engine.postgres.withDatabase(connections: 1) { database in
            try await database.execute("CREATE TABLE a (n INTEGER)", "INSERT INTO a VALUES (1)")
            let all: SQL = "SELECT * FROM a"
            _ = try await database.read(tenant: nil) { try $0.rows(all) }
            try await database.execute("ALTER TABLE a ADD COLUMN m INTEGER NOT NULL DEFAULT 2")
            let first = await Result(catching: { try await database.read(tenant: nil) { try $0.rows(all).count } })
            #expect(throws: DatabaseError.conflict) { try first.get() }
            let row = try await database.read(tenant: nil) { try $0.row(all) }
            #expect(try row?["m"] == 2)
        }
    }
}
