import Foundation
import Testing

@testable import Database

/// What lies on the disk: where the data are after a clean stop, what is told when some of it is gone, and who may read it.
@Suite struct DatabaseFilesTests {
    /// A folder with a migrated database that has stored `count` rows, stopped cleanly; gone afterwards.
    private static func withStored(
        _ count: Int = 5, _ body: (_ path: String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "torg-files-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "torg.db").path
        try await using(path) { database in
            try await database.migrate([table])
            for number in 0..<count { try await insert(number, into: database) }
        }
        try await body(path)
    }

    private static let table = Migration(number: 1, name: "table") { _ in ["CREATE TABLE a (n INTEGER PRIMARY KEY)"] }

    @discardableResult
    private static func using<Value>(_ path: String, _ body: (Database) async throws -> Value) async throws -> Value {
        let database = try Database.open(url: "sqlite:" + path, connections: 2, creating: true)
        let result = await Result(catching: { try await body(database) })
        await database.close()
        return try result.get()
    }

    private static func insert(_ number: Int, into database: Database) async throws {
        try await database.write(tenant: nil) { try $0.run("INSERT INTO a VALUES (\(number))") }
    }

    private static func count(in path: String) async throws -> Int {
        try await using(path) { database in
            try await database.read(tenant: nil) { try $0.value("SELECT count(*) FROM a") } ?? 0
        }
    }

    private static func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    private static func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test func afterACleanStopEverythingIsInTheDatabasesFile() async throws {
        try await Self.withStored { path in
            #expect(Self.size(path + "-wal") == 0)
            // The file alone, as somebody copies it who knows nothing of logs.
            let copy = path + ".alone"
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            #expect(try await Self.count(in: copy) == 5)
        }
    }

    @Test func closingTwiceIsClosing() async throws {
        try await Self.withStored { path in
            let database = try Database.open(url: "sqlite:" + path, connections: 1)
            await database.close()
            await database.close()
            #expect(try await Self.count(in: path) == 5)
        }
    }

    @Test func theLogIsWrittenBackWhileTorgRuns() async throws {
        try await Self.withStored { path in
            let database = try Database.open(url: "sqlite:" + path, connections: 1)
            try await Self.insert(100, into: database)
            let other = try Checkpoints(of: DatabaseFiles(path: path))
            other.finish()
            #expect(Self.size(path + "-wal") == 0)
            try await Self.insert(101, into: database)
            await database.close()
            #expect(try await Self.count(in: path) == 7)
        }
    }

    /// As after a kill -9, with the log damaged in the middle, cut, or gone.
    @Test(arguments: ["damaged", "cut", "removed"])
    func whatIsMissingFromTheLogIsTold(_ damage: String) async throws {
        try await Self.withStored { path in
            let database = try Database.open(url: "sqlite:" + path, connections: 1)
            for number in 100..<110 { try await Self.insert(number, into: database) }
            let killed = path + ".killed"
            for end in ["", "-wal", ".mark"] {
                try FileManager.default.copyItem(atPath: path + end, toPath: killed + end)
            }
            await database.close()
            let whole = killed + ".whole"
            for end in ["", "-wal", ".mark"] {
                try FileManager.default.copyItem(atPath: killed + end, toPath: whole + end)
            }
            try await Self.using(whole) { database in
                guard case .whole(let commit, _) = try await database.completeness() else {
                    _ = Issue.record("nothing is missing after a kill"); return
                }
                #expect(commit > 10)
            }
            let log = try FileHandle(forUpdating: URL(filePath: killed + "-wal"))
            let length = try log.seekToEnd()
            switch damage {
            case "damaged":
                try log.seek(toOffset: length / 2)
                try log.write(contentsOf: [1, 2, 3, 4])
            case "cut": try log.truncate(atOffset: length / 2)
            default: try FileManager.default.removeItem(atPath: killed + "-wal")
            }
            try log.close()
            let (told, left) = try await Self.using(killed) { database in
                (
                    try await database.completeness(),
                    try await database.read(tenant: nil) { try $0.value("SELECT count(*) FROM a") } ?? 0
                )
            }
            #expect(left < 15)
            guard case .missing(let losses) = told, let loss = losses.first else { _ = Issue.record("\(told)"); return }
            #expect(loss.count == 15 - left)
            // Still, when something new has been stored, until somebody takes note of it.
            try await Self.using(killed) { database in try await Self.insert(200, into: database) }
            try await Self.using(killed) { database in
                #expect(try await database.completeness() == told)
                try await database.acceptLosses()
            }
            try await Self.using(killed) { database in
                guard case .whole = try await database.completeness() else { _ = Issue.record("told again"); return }
            }
        }
    }

    @Test func anOlderCopyInItsPlaceIsTold() async throws {
        try await Self.withStored { path in
            try await Self.using(path) { try await $0.backup(to: path + ".copy") { _ in } }
            try await Self.using(path) { try await Self.insert(100, into: $0) }
            for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
            try FileManager.default.copyItem(atPath: path + ".copy", toPath: path)
            try await Self.using(path) { database in
                guard case .missing(let losses) = try await database.completeness() else {
                    _ = Issue.record("an older database looks whole"); return
                }
                #expect(losses.map(\.count) == [1])
            }
        }
    }

    /// An empty database where there was one would hide that everything is gone.
    @Test(arguments: ["removed", "emptied", "only the log is left", "without tables"])
    func noEmptyDatabaseIsMadeWhereThereWasOne(_ accident: String) async throws {
        try await Self.withStored { path in
            switch accident {
            case "emptied": try Data().write(to: URL(filePath: path))
            case "without tables":
                for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
                let aside = path + ".aside"
                try FileManager.default.moveItem(atPath: path + ".mark", toPath: aside)
                await (try Database.open(url: "sqlite:" + path)).close()
                try FileManager.default.moveItem(atPath: aside, toPath: path + ".mark")
            case "only the log is left":
                try FileManager.default.removeItem(atPath: path)
                try Data("log".utf8).write(to: URL(filePath: path + "-wal"))
                try FileManager.default.removeItem(atPath: path + ".mark")
            default: try FileManager.default.removeItem(atPath: path)
            }
            for creating in [true, false] {
                #expect {
                    _ = try Database.open(url: "sqlite:" + path, creating: creating)
                } throws: {
                    if case MissingDatabase.gone = $0 { true } else { false }
                }
            }
            #expect(accident == "without tables" || Self.size(path) == 0)
            try Database.setAside(url: "sqlite:" + path)
            try await Self.using(path) { try await $0.migrate([Self.table]) }
            let left = try FileManager.default.contentsOfDirectory(
                atPath: URL(filePath: path).deletingLastPathComponent().path)
            #expect(left.contains { $0.contains(".aside-") })
        }
    }

    @Test func whereThereNeverWasOneNoneIsMadeUnasked() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "torg-none-\(UUID().uuidString)/torg.db").path
        #expect(throws: MissingDatabase.neverMade(path: path)) {
            _ = try Database.open(url: "sqlite:" + path, creating: false)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test(arguments: ["", "-wal"])
    func nothingIsStoredInAFileThatWasRemoved(_ end: String) async throws {
        try await Self.withStored { path in
            let database = try Database.open(url: "sqlite:" + path, connections: 1)
            try await Self.insert(100, into: database)
            #expect(database.fileFault == nil)
            try FileManager.default.moveItem(atPath: path + end, toPath: path + ".elsewhere")
            #expect(database.fileFault?.contains("removed") == true)
            await #expect {
                try await Self.insert(101, into: database)
            } throws: {
                ($0 as? DatabaseError)?.retryAfter != nil
            }
            try Data("another".utf8).write(to: URL(filePath: path + end))
            #expect(database.fileFault?.contains("replaced") == true)
            try FileManager.default.removeItem(atPath: path + end)
            // Put back, it is what it was.
            try FileManager.default.moveItem(atPath: path + ".elsewhere", toPath: path + end)
            try await Self.insert(102, into: database)
            await database.close()
        }
    }

    @Test func aFullDiskPassesByItself() async throws {
        try await Self.withStored { path in
            try await Self.using(path) { database in
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
        try await Self.withStored { path in
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
                try await Self.insert(101, into: other)
            } throws: {
                ($0 as? DatabaseError)?.retryAfter != nil
            }
            gate.open()
            try await held
            try await Self.insert(101, into: other)
            await one.close()
            await other.close()
        }
    }

    /// Whatever the umask is: the tests run with the shell's, 022 almost everywhere.
    @Test func everyFileIsItsOwnersAlone() async throws {
        try await Self.withStored { path in
            let folder = URL(filePath: path).deletingLastPathComponent().path
            #expect(try Self.mode(folder) == 0o700)
            let database = try Database.open(url: "sqlite:" + path, connections: 1)
            try await Self.insert(100, into: database)
            try await database.backup(to: path + ".copy") { _ in }
            for end in ["", "-wal", "-shm", ".mark", ".copy"] { #expect(try Self.mode(path + end) == 0o600, "\(end)") }
            await database.close()
            // From before there was a rule.
            for end in ["", ".mark"] { #expect(chmod(path + end, 0o644) == 0) }
            let again = try Database.open(url: "sqlite:" + path, connections: 1)
            #expect(again.remarks.count == 2)
            #expect(try Self.mode(path) == 0o600)
            await again.close()
        }
    }

    @Test func aBackupIsOneWholeFileOrNone() async throws {
        try await Self.withStored { path in
            try await Self.using(path) { database in
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

    @Test func commitNumbersGoRound() {
        let last = CommitNumber(CommitNumber.count - 1)
        #expect(last.next == CommitNumber(0))
        #expect(CommitNumber(3).ahead(of: last) == 4)
        #expect(last.ahead(of: CommitNumber(3)) == -4)
        #expect(CommitNumber(3).ahead(of: CommitNumber(3)) == 0)
    }
}
