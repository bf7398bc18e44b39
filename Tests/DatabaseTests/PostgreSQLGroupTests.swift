import Foundation
import Synchronization
import Testing

@testable import Database

/// Writers who share a transaction on PostgreSQL, and nodes that share the server.
@Suite struct PostgreSQLGroupTests {
    /// Groups that last as long as somebody waits, so that a slow machine does not divide them.
    private static func withTable(_ body: (Database) async throws -> Void) async throws {
        try await Engine.withSchema { url in
            let driver = try PostgreSQLDriver(
                url: url, connections: 2, patience: .seconds(10), groupTime: .seconds(60))
            let database = Database(driver: driver)
            try await database.execute("CREATE TABLE a (n INTEGER PRIMARY KEY, transaction TEXT NOT NULL)")
            let result = await Result(catching: { try await body(database) })
            await database.close()
            try result.get()
        }
    }

    private static func insert(_ number: Int, in transaction: Transaction) throws {
        try transaction.run("INSERT INTO a VALUES (\(number), CAST(pg_current_xact_id() AS TEXT))")
    }

    private static func stored(in database: Database) async throws -> [Int] {
        try await database.read(tenant: nil) { transaction in
            try transaction.rows("SELECT n FROM a ORDER BY n").map { try $0["n"] }
        }
    }

    private static func error<Value>(_ outcome: Result<Value, any Error>) -> DatabaseError? {
        if case .failure(let error) = outcome { error as? DatabaseError } else { nil }
    }

    @Test func aRefusedWriterDoesNotDisturbItsGroup() async throws {
        try await Self.withTable { database in
            struct Refused: Error {}
            let outcomes = try await database.group(of: 40) { number in
                try await database.write(tenant: nil) { transaction in
                    try Self.insert(number % 30, in: transaction)
                    if number == 7 { throw Refused() }
                }
            }
            for (number, outcome) in outcomes.enumerated() {
                switch number {
                case 7: #expect(throws: Refused.self) { try outcome.get() }
                // 37 is the first that may keep its 7.
                case 30..<37, 38...: #expect(Self.error(outcome) == .constraint(.unique, detail: "a_pkey"))
                default: #expect(throws: Never.self) { try outcome.get() }
                }
            }
            #expect(try await Self.stored(in: database) == Array(0..<30))
            let transactions: Int? = try await database.read(tenant: nil) {
                try $0.value("SELECT count(DISTINCT transaction) FROM a")
            }
            #expect(transactions == 1)
        }
    }

    /// What one changes the next one sees, and nobody sees what was undone.
    @Test func aNumberIsAskedOnceForAGroup() async throws {
        try await Self.withTable { database in
            struct Refused: Error {}
            let asked = Mutex(0)
            database.listen { sql in
                if sql.text(for: .postgres).contains("SELECT count") { asked.withLock { $0 += 1 } }
            }
            let outcomes = try await database.group(of: 12) { number in
                try await database.write(tenant: nil) { transaction in
                    if number == 4 || number == 8 {
                        try Self.insert(number, in: transaction)
                        transaction.forget("rows")
                    }
                    let rows = try transaction.once("rows", "SELECT count(*) FROM a")
                    if number == 8 { throw Refused() }
                    return rows
                }
            }
            database.listen(nil)
            #expect(outcomes.map { (try? $0.get()) ?? nil } == [0, 0, 0, 0, 1, 1, 1, 1, nil, 1, 1, 1])
            #expect(asked.withLock(\.self) == 4)
        }
    }

    @Test func writersOfAGroupComeInTheirOrder() async throws {
        try await Self.withTable { database in
            let places = try await database.group(of: 30) { number in
                try await database.write(tenant: nil) { transaction in
                    try Self.insert(number, in: transaction)
                    return try transaction.value("SELECT count(*) FROM a") as Int?
                }
            }
            #expect(try places.map { try $0.get() } == Array(1...30))
        }
    }

    @Test func aLostConnectionFailsItsWholeGroup() async throws {
        try await Self.withTable { database in
            let outcomes = try await database.group(of: 20) { number in
                try await database.write(tenant: nil) { transaction in
                    try Self.insert(number, in: transaction)
                    // Even when the closure hides what happened.
                    struct Hidden: Error {}
                    if number == 10, (try? transaction.rows("SELECT pg_terminate_backend(pg_backend_pid())")) == nil {
                        throw Hidden()
                    }
                }
            }
            for outcome in outcomes[...10] { #expect(Self.error(outcome) == .unavailable(retryAfter: 2)) }
            // Those who came later get a connection of their own.
            for outcome in outcomes[11...] { #expect(throws: Never.self) { try outcome.get() } }
            #expect(try await Self.stored(in: database) == Array(11..<20))
            try await database.write(tenant: nil) { try Self.insert(1, in: $0) }
        }
    }

    @Test func aRefusedCommitIsLaidToTheOneWhoCausedIt() async throws {
        try await Self.withTable { database in
            try await database.execute(
                "CREATE TABLE b (n INTEGER REFERENCES a (n) DEFERRABLE INITIALLY DEFERRED)")
            let outcomes = try await database.group(of: 10) { number in
                try await database.write(tenant: nil) { transaction in
                    try Self.insert(number, in: transaction)
                    try transaction.run("INSERT INTO b VALUES (\(number == 4 ? 99 : number))")
                }
            }
            for (number, outcome) in outcomes.enumerated() {
                #expect(Self.error(outcome) == (number == 4 ? .constraint(.foreignKey, detail: "b_n_fkey") : nil))
            }
            #expect(try await Self.stored(in: database) == [0, 1, 2, 3, 5, 6, 7, 8, 9])
        }
    }

    /// Each node holds the rows that its group has come to, and wants those of the other.
    @Test func nodesThatCrossEachOtherLoseNothing() async throws {
        try await Engine.withSchema { url in
            let nodes = [try Database.open(url: url), try Database.open(url: url)]
            try await nodes[0].execute(
                "CREATE TABLE a (n INTEGER PRIMARY KEY, v INTEGER)",
                "INSERT INTO a VALUES (0, 0), (1, 0), (2, 0), (3, 0)")
            let outcomes = await withTaskGroup(of: Result<Int, any Error>.self) { group in
                for number in 0..<400 {
                    group.addTask {
                        let row = number % 2 == 0 ? number / 2 % 4 : 3 - number / 2 % 4
                        return await Result(catching: {
                            try await nodes[number % 2].write(tenant: nil) {
                                try $0.run("UPDATE a SET v = v + 1 WHERE n = \(row)")
                            }
                        })
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.compactMap(Self.error) == [])
            let sum: Int? = try await nodes[0].read(tenant: nil) { try $0.value("SELECT sum(v) FROM a") }
            #expect(sum == 400)
            for node in nodes { await node.close() }
        }
    }

    @Test func aRowThatSomebodyHoldsHoldsUpNobodyElse() async throws {
        try await Engine.withSchema { url in
            let database = try Database.open(url: url)
            let stranger = try Database.open(url: url)
            try await database.execute(
                "CREATE TABLE a (n INTEGER PRIMARY KEY, v INTEGER)", "INSERT INTO a VALUES (1, 0), (2, 0)")
            let (started, signal) = AsyncStream<Void>.makeStream()
            let end = DispatchSemaphore(value: 0)
            async let holding: Void = stranger.write(tenant: nil) { transaction in
                try transaction.run("UPDATE a SET v = 5 WHERE n = 1")
                signal.finish()
                end.wait()
            }
            for await _ in started {}
            async let waiting = database.write(tenant: nil) { try $0.run("UPDATE a SET v = v + 1 WHERE n = 1") }
            for _ in 0..<20 {
                try await database.write(tenant: nil) { try $0.run("UPDATE a SET v = v + 1 WHERE n = 2") }
            }
            end.signal()
            try await holding
            #expect(try await waiting == 1)
            let values = try await database.read(tenant: nil) { transaction in
                try transaction.rows("SELECT v FROM a ORDER BY n").map { try $0["v"] as Int }
            }
            #expect(values == [6, 20])
            await stranger.close()
            await database.close()
        }
    }
}
