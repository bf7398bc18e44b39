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

    private static func insert(_ number: Int, into database: Database) async throws {
        try await database.write(tenant: nil) { try $0.run("INSERT INTO a VALUES (\(number))") }
    }

    @Test func writersWhoWaitShareACommit() async throws {
        try await Self.withTable { database, driver in
            let watch = CommitWatch()
            driver.pool.add(transactionObserver: watch)
            let outcomes = try await database.group(of: 50) { try await Self.insert($0 % 40, into: database) }
            #expect(outcomes.count { (try? $0.get()) != nil } == 40)
            #expect(watch.lock.withLock { watch.commits } < 5)
        }
    }

    @Test func whenTheCommitFailsNobodyIsToldOtherwise() async throws {
        try await Self.withTable { database, driver in
            let watch = CommitWatch()
            driver.pool.add(transactionObserver: watch)
            watch.lock.withLock { watch.refuses = true }
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask { (try? await Self.insert(number, into: database)) == nil }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(!outcomes.contains(false))
            watch.lock.withLock { watch.refuses = false }
            let count: Int? = try await database.read(tenant: nil) { try $0.value("SELECT count(*) FROM a") }
            #expect(count == 0)
            try await Self.insert(1, into: database)
        }
    }

    @Test func aCopyIsWholeWhileTheDatabaseIsInUse() async throws {
        try await Self.withTable { database, driver in
            try await Self.insert(1, into: database)
            let path = driver.pool.path + ".copy"
            try await database.backup(to: path) { _ in }
            await #expect(throws: (any Error).self) { try await database.backup(to: path) { _ in } }
            let copy = try Database.open(url: "sqlite:" + path, connections: 1)
            let count: Int? = try await copy.read(tenant: nil) { try $0.value("SELECT count(*) FROM a") }
            await copy.close()
            #expect(count == 1)
        }
    }
}
