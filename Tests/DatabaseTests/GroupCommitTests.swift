import Foundation
import GRDB
import Testing

@testable import class Database.Database
@testable import class Database.SQLiteDriver
@testable import struct Database.SQL

/// What is true of SQLite alone: its files, and the commit that writers share.
@Suite struct GroupCommitTests {
    private static func withTable(_ body: (Database, SQLiteDriver) async throws -> Void) async throws {
        try await Engine.sqlite.withDatabase { database in
            let driver = try #require(database.driver as? SQLiteDriver)
            try await database.execute("CREATE TABLE a (n INTEGER PRIMARY KEY)")
            try await body(database, driver)
        }
    }

    @Test func commitsSurviveAPowerCut() async throws {
        try await Self.withTable { database, _ in
            let synchronous: Int? = try await database.write(tenant: nil) { try $0.value("PRAGMA synchronous") }
            #expect(synchronous == 2)
            let journal: String? = try await database.write(tenant: nil) { try $0.value("PRAGMA journal_mode") }
            #expect(journal == "wal")
            let foreignKeys: Int? = try await database.write(tenant: nil) { try $0.value("PRAGMA foreign_keys") }
            #expect(foreignKeys == 1)
        }
    }

    /// Counts commits, and refuses them while told to.
    private final class CommitWatch: TransactionObserver, @unchecked Sendable {
        struct DiskFull: Error {}
        let lock = NSLock()
        var commits = 0
        var refuses = false

        func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
        func databaseDidChange(with event: DatabaseEvent) {}
        func databaseWillCommit() throws {
            if lock.withLock({ refuses }) { throw DiskFull() }
        }
        func databaseDidCommit(_ db: GRDB.Database) { lock.withLock { commits += 1 } }
        func databaseDidRollback(_ db: GRDB.Database) {}
    }

    /// Holds the writing thread until all the writers wait, so that they come to be one group.
    private static func group(
        of writers: Int, on database: Database, _ body: @escaping @Sendable (Int) async -> Bool
    ) async throws -> Int {
        let (started, signal) = AsyncStream<Void>.makeStream()
        async let held: Void = database.write(tenant: nil) { _ in
            signal.finish()
            blockThread(seconds: 0.5)
        }
        for await _ in started {}
        let stored = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<writers { group.addTask { await body(number) } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        _ = try? await held
        return stored
    }

    private static func insert(_ number: Int, into database: Database) async -> Bool {
        do {
            try await database.write(tenant: nil) { try $0.run("INSERT INTO a VALUES (\(number))") }
            return true
        } catch {
            return false
        }
    }

    @Test func writersWhoWaitShareACommit() async throws {
        try await Self.withTable { database, driver in
            let watch = CommitWatch()
            driver.pool.add(transactionObserver: watch)
            let stored = try await Self.group(of: 50, on: database) { await Self.insert($0 % 40, into: database) }
            #expect(stored == 40)
            #expect(watch.lock.withLock { watch.commits } < 5)
        }
    }

    @Test func whenTheCommitFailsNobodyIsToldOtherwise() async throws {
        try await Self.withTable { database, driver in
            let watch = CommitWatch()
            driver.pool.add(transactionObserver: watch)
            watch.lock.withLock { watch.refuses = true }
            let stored = try await Self.group(of: 20, on: database) { await Self.insert($0, into: database) }
            #expect(stored == 0)
            watch.lock.withLock { watch.refuses = false }
            let count: Int? = try await database.read(tenant: nil) { try $0.value("SELECT count(*) FROM a") }
            #expect(count == 0)
            #expect(await Self.insert(1, into: database))
        }
    }

    @Test func aCopyIsWholeWhileTheDatabaseIsInUse() async throws {
        try await Self.withTable { database, driver in
            #expect(await Self.insert(1, into: database))
            let path = driver.pool.path + ".copy"
            try await database.backup(to: path)
            await #expect(throws: (any Error).self) { try await database.backup(to: path) }
            let copy = try Database.open(url: "sqlite:" + path, connections: 1)
            let count: Int? = try await copy.read(tenant: nil) { try $0.value("SELECT count(*) FROM a") }
            await copy.close()
            #expect(count == 1)
        }
    }
}
