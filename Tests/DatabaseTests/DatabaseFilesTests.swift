import Foundation
import Testing

@testable import Database

/// What lies on the disk: where the data are after a clean stop, what a removed file and a full disk do, and who may read it.
@Suite struct DatabaseFilesTests {
    @Test func afterACleanStopEverythingIsInTheDatabasesFile() async throws {
        try await StoredDatabase.withStored { path in
            #expect(StoredDatabase.size(path + "-wal") == 0)
            // The file alone, as somebody copies it who knows nothing of logs.
            let copy = path + ".alone"
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            #expect(try await StoredDatabase.count(in: copy) == 5)
        }
    }

    @Test func closingTwiceIsClosing() async throws {
        try await StoredDatabase.withStored { path in
            let database = try Database.open(url: "sqlite:" + path, connections: 1)
            await database.close()
            await database.close()
            #expect(try await StoredDatabase.count(in: path) == 5)
        }
    }

    @Test func theLogIsWrittenBackWhileTorgRuns() async throws {
        try await StoredDatabase.withStored { path in
            let database = try Database.open(url: "sqlite:" + path, connections: 1)
            try await StoredDatabase.insert(100, into: database)
            let other = try Checkpoints(of: DatabaseFiles(path: path))
            other.finish()
            #expect(StoredDatabase.size(path + "-wal") == 0)
            try await StoredDatabase.insert(101, into: database)
            await database.close()
            #expect(try await StoredDatabase.count(in: path) == 7)
        }
    }

    @Test(arguments: ["", "-wal"])
    func nothingIsStoredInAFileThatWasRemoved(_ end: String) async throws {
        try await StoredDatabase.withStored { path in
            let database = try Database.open(url: "sqlite:" + path, connections: 1)
            try await StoredDatabase.insert(100, into: database)
            #expect(database.fileFault == nil)
            try FileManager.default.moveItem(atPath: path + end, toPath: path + ".elsewhere")
            #expect(database.fileFault?.contains("removed") == true)
            await #expect {
                try await StoredDatabase.insert(101, into: database)
            } throws: {
                ($0 as? DatabaseError)?.retryAfter != nil
            }
            try Data("another".utf8).write(to: URL(filePath: path + end))
            #expect(database.fileFault?.contains("replaced") == true)
            try FileManager.default.removeItem(atPath: path + end)
            // Put back, it is what it was.
            try FileManager.default.moveItem(atPath: path + ".elsewhere", toPath: path + end)
            try await StoredDatabase.insert(102, into: database)
            await database.close()
        }
    }

    @Test func aFullDiskPassesByItself() async throws {
        try await StoredDatabase.withStored { path in
            try await StoredDatabase.using(path) { database in
                try await database.write(tenant: nil) { tx in
                    let pages: Int = try tx.value("PRAGMA page_count") ?? 0
                    _ = try tx.rows(SQL(stringLiteral: "PRAGMA max_page_count = \(pages)"))
                }
                let fill: @Sendable (Transaction) throws -> Void = { tx in
                    try tx.run("CREATE TABLE b (t TEXT)")
                    try tx.run("INSERT INTO b VALUES (\(String(repeating: "x", count: 100_000)))")
                }
                await #expect {
                    try await database.write(tenant: nil, fill)
                } throws: {
                    if case DatabaseError.cannotStore = $0 { true } else { false }
                }
                #expect(database.latestStorageFault?.reason.contains("full") == true)
                try await database.write(tenant: nil) { _ = try $0.rows("PRAGMA max_page_count = 100000") }
                try await database.write(tenant: nil, fill)
            }
        }
    }

    @Test func aLockThatSomebodyElseHoldsPassesToo() async throws {
        try await StoredDatabase.withStored { path in
            let (one, other) = (
                try Database.open(url: "sqlite:" + path, connections: 1),
                try Database.open(url: "sqlite:" + path, connections: 1)
            )
            let (started, signal) = AsyncStream<Void>.makeStream()
            let gate = Gate()
            async let held: Void = one.write(tenant: nil) { tx in
                try tx.run("INSERT INTO a VALUES (100)")
                signal.finish()
                gate.wait()
            }
            for await _ in started {}
            await #expect {
                try await StoredDatabase.insert(101, into: other)
            } throws: {
                ($0 as? DatabaseError)?.retryAfter != nil
            }
            gate.open()
            try await held
            try await StoredDatabase.insert(101, into: other)
            await one.close()
            await other.close()
        }
    }

    /// Whatever the umask is: the tests run with the shell's, 022 almost everywhere.
    @Test func everyFileIsItsOwnersAlone() async throws {
        try await StoredDatabase.withStored { path in
            let folder = URL(filePath: path).deletingLastPathComponent().path
            #expect(try StoredDatabase.mode(folder) == 0o700)
            let database = try Database.open(url: "sqlite:" + path, connections: 1)
            try await StoredDatabase.insert(100, into: database)
            try await database.backup(to: path + ".copy") { _ in }
            for end in ["", "-wal", "-shm", ".mark", ".copy"] {
                #expect(try StoredDatabase.mode(path + end) == 0o600, "\(end)")
            }
            await database.close()
            // From before there was a rule.
            for end in ["", ".mark"] { #expect(chmod(path + end, 0o644) == 0) }
            let again = try Database.open(url: "sqlite:" + path, connections: 1)
            #expect(again.remarks.count == 2)
            #expect(try StoredDatabase.mode(path) == 0o600)
            await again.close()
        }
    }

    @Test func aBackupTakesNoNameOfAnother() async throws {
        try await StoredDatabase.withStored { path in
            try await StoredDatabase.using(path) { database in
                let unfinished = path + ".copy.partial"
                try Data("precious".utf8).write(to: URL(filePath: unfinished))
                await #expect(throws: (any Error).self) { try await database.backup(to: path + ".copy") { _ in } }
                #expect(FileManager.default.contents(atPath: unfinished) == Data("precious".utf8))
                // What a backup left that was broken off.
                for left in ["", "SQLite format 3\0…"] {
                    try Data(left.utf8).write(to: URL(filePath: unfinished))
                    try await database.backup(to: path + ".copy") { _ in }
                    #expect(!FileManager.default.fileExists(atPath: unfinished))
                    try FileManager.default.removeItem(atPath: path + ".copy")
                }
            }
        }
    }

    @Test func aBackupIsOneWholeFileOrNone() async throws {
        try await StoredDatabase.withStored { path in
            try await StoredDatabase.using(path) { database in
                let count = try await database.backup(to: path + ".copy") {
                    try $0.value("SELECT count(*) FROM a") ?? 0
                }
                #expect(count == 5)
                #expect(!FileManager.default.fileExists(atPath: path + ".copy-wal"))
                struct Refused: Error {}
                await #expect(throws: Refused.self) {
                    try await database.backup(to: path + ".none") { _ in throw Refused() }
                }
                let left = try FileManager.default.contentsOfDirectory(
                    atPath: URL(filePath: path).deletingLastPathComponent().path)
                #expect(!left.contains { $0.contains(".none") || $0.contains(".partial") })
            }
        }
    }
}
