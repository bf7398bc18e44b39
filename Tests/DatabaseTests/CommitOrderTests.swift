import Foundation
import Testing

@testable import Database

/// Whoever has read up to a position has read all before it, whatever ids the events have.
@Suite struct CommitOrderTests {
    private static let tenant: Int64 = 7

    private static func make(in database: Database) async throws {
        try await database.execute(
            "CREATE TABLE events (municipality BIGINT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (municipality, id))",
            "INSERT INTO events VALUES (7, 30), (7, 10), (8, 20)")
        try await database.write(tenant: nil) { transaction in
            for statement in CommitOrder.migrationStatements(transaction.dialect) { try transaction.run(statement) }
        }
    }

    private static func put(_ id: Int64, in transaction: Transaction) throws {
        try transaction.run("INSERT INTO events VALUES (\(tenant: tenant), \(id))")
        try transaction.place(id)
    }

    /// The ids in the order of their positions, which must have no gaps.
    private static func order(in database: Database) async throws -> [Int64] {
        try await database.read(tenant: tenant) { transaction in
            let rows = try transaction.rows(
                "SELECT position, event_id FROM event_positions WHERE municipality = \(tenant: tenant) ORDER BY position"
            )
            let positions: [Int64] = try rows.map { try $0["position"] }
            #expect(positions == Array(1...Int64(max(positions.count, 1))).prefix(positions.count).map(\.self))
            return try rows.map { try $0["event_id"] }
        }
    }

    @Test(arguments: Engine.allCases) func whatWasThereBeforeComesFirst(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await Self.make(in: database)
            try await database.write(tenant: Self.tenant) { try Self.put(5, in: $0) }
            #expect(try await Self.order(in: database) == [10, 30, 5])
        }
    }

    @Test(arguments: Engine.allCases) func whatIsUndoneHasNoPosition(_ engine: Engine) async throws {
        struct Refused: Error {}
        try await engine.withDatabase { database in
            try await Self.make(in: database)
            let outcomes = try await database.group(of: 12) { number in
                try await database.write(tenant: Self.tenant) { transaction in
                    try Self.put(Int64(100 + number), in: transaction)
                    try? transaction.savepoint {
                        try Self.put(Int64(200 + number), in: transaction)
                        throw Refused()
                    }
                    try transaction.savepoint { try Self.put(Int64(300 + number), in: transaction) }
                    if number % 4 == 1 { throw Refused() }
                }
            }
            let stored = outcomes.indices.filter { (try? outcomes[$0].get()) != nil }.flatMap {
                [Int64(100 + $0), Int64(300 + $0)]
            }
            #expect(stored.count == 18)
            #expect(try await Self.order(in: database) == [10, 30] + stored)
        }
    }

    /// A write that stays open keeps nobody waiting, and comes when it ends; its id was drawn long before.
    @Test func nodesThatCommitOutOfOrder() async throws {
        try await Engine.withSchema { url in
            let nodes = [try Database.open(url: url), try Database.open(url: url)]
            try await Self.make(in: nodes[0])
            let (started, signal) = AsyncStream<Void>.makeStream()
            let end = DispatchSemaphore(value: 0)
            async let slow: Void = nodes[0].write(tenant: Self.tenant) { transaction in
                try Self.put(40, in: transaction)
                signal.finish()
                end.wait()
            }
            for await _ in started {}
            for id in 50..<55 { try await nodes[1].write(tenant: Self.tenant) { try Self.put(Int64(id), in: $0) } }
            #expect(try await Self.order(in: nodes[1]) == [10, 30, 50, 51, 52, 53, 54])
            end.signal()
            try await slow
            #expect(try await Self.order(in: nodes[1]) == [10, 30, 50, 51, 52, 53, 54, 40])
            for node in nodes { await node.close() }
        }
    }

    /// Reads on while two nodes write, and never sees a position appear behind it.
    @Test func aReaderMissesNothing() async throws {
        try await Engine.withSchema { url in
            let nodes = [try Database.open(url: url), try Database.open(url: url), try Database.open(url: url)]
            try await Self.make(in: nodes[0])
            async let written: Void = withThrowingTaskGroup { group in
                for number in 0..<400 {
                    group.addTask {
                        try await nodes[number % 2].write(tenant: Self.tenant) { transaction in
                            try Self.put(Int64(1_000 - number), in: transaction)
                            if number % 3 == 0 { try Self.put(Int64(5_000 - number), in: transaction) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            var read: [Int64] = []
            var isOver = false
            while !isOver {
                let seen = read.count
                let next: [(position: Int64, id: Int64)] = try await nodes[2].read(tenant: Self.tenant) { transaction in
                    try transaction.rows(
                        """
                        SELECT position, event_id FROM event_positions
                        WHERE municipality = \(tenant: Self.tenant) AND position > \(seen) ORDER BY position
                        """
                    ).map { (try $0["position"], try $0["event_id"]) }
                }
                // Without a gap: what came between would never be read.
                #expect(next.map(\.position) == (0..<next.count).map { Int64(seen + $0 + 1) })
                read += next.map(\.id)
                isOver = read.count >= 2 + 400 + 134
            }
            try await written
            #expect(Set(read).count == 536 && read.count == 536)
            for node in nodes { await node.close() }
        }
    }

    /// Positions are numbers of our own: what another cluster counts its transactions by has no part in them.
    @Test(.enabled(if: OwnPostgreSQL.isWanted)) func aDumpRestoredIntoANewClusterGoesOn() async throws {
        try await Engine.withSchema { url in
            let old = try Database.open(url: url)
            try await Self.make(in: old)
            for id in 50..<60 { try await old.write(tenant: Self.tenant) { try Self.put(Int64(id), in: $0) } }
            let before = try await Self.order(in: old)
            await old.close()
            let server = try OwnPostgreSQL()
            let schema = try #require(url.split(separator: "search_path%3D").last)
            let pipe =
                "pg_dump --schema=\(schema) '\(try #require(Engine.server))' | psql --quiet '\(server.url)' > /dev/null"
            #expect(system(pipe) == 0)
            let new = try Database.open(
                url: server.url + (server.url.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)")
            try await new.write(tenant: Self.tenant) { try Self.put(2, in: $0) }
            #expect(try await Self.order(in: new) == before + [2])
            await new.close()
            try server.remove()
        }
    }
}
