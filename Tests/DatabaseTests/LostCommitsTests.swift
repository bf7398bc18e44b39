import Foundation
import Testing

@testable import Database

/// What is told when some of what was stored is gone, and that nothing is made in its place.
@Suite struct LostCommitsTests {
    /// As after a kill -9, with the log damaged in the middle, cut, or gone.
    @Test(arguments: ["damaged", "cut", "removed"])
    func whatIsMissingFromTheLogIsTold(_ damage: String) async throws {
        try await StoredDatabase.withStored { path in
            let database = try Database.open(url: "sqlite:" + path, connections: 1)
            for number in 100..<110 { try await StoredDatabase.insert(number, into: database) }
            let killed = path + ".killed"
            for end in ["", "-wal", ".mark"] {
                try FileManager.default.copyItem(atPath: path + end, toPath: killed + end)
            }
            await database.close()
            let whole = killed + ".whole"
            for end in ["", "-wal", ".mark"] {
                try FileManager.default.copyItem(atPath: killed + end, toPath: whole + end)
            }
            try await StoredDatabase.using(whole) { database in
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
            let (told, left) = try await StoredDatabase.using(killed) { database in
                (
                    try await database.completeness(),
                    try await database.read(tenant: nil) { try $0.value("SELECT count(*) FROM a") } ?? 0
                )
            }
            #expect(left < 15)
            guard case .missing(let losses) = told, let loss = losses.first else { _ = Issue.record("\(told)"); return }
            #expect(loss.count == 15 - left)
            // Still, when something new has been stored, until somebody takes note of it.
            try await StoredDatabase.using(killed) { database in try await StoredDatabase.insert(200, into: database) }
            try await StoredDatabase.using(killed) { database in
                #expect(try await database.completeness() == told)
                try await database.acceptLosses()
            }
            try await StoredDatabase.using(killed) { database in
                guard case .whole = try await database.completeness() else { _ = Issue.record("told again"); return }
            }
        }
    }

    @Test func anOlderCopyInItsPlaceIsTold() async throws {
        try await StoredDatabase.withStored { path in
            try await StoredDatabase.using(path) { try await $0.backup(to: path + ".copy") { _ in } }
            try await StoredDatabase.using(path) { try await StoredDatabase.insert(100, into: $0) }
            for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
            try FileManager.default.copyItem(atPath: path + ".copy", toPath: path)
            try await StoredDatabase.using(path) { database in
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
        try await StoredDatabase.withStored { path in
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
            #expect(accident == "without tables" || StoredDatabase.size(path) == 0)
            try Database.setAside(url: "sqlite:" + path)
            try await StoredDatabase.using(path) { try await $0.migrate([StoredDatabase.table]) }
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

    /// A mark that cannot be read would look whole after the next commit.
    @Test(arguments: ["", "torg comm", "torg commit 0000000007 00001700000000\nlost. 00", "\u{0}\u{0}\u{0}\u{0}"])
    func aDamagedMarkIsToldUntilSomebodyTakesNote(_ damage: String) async throws {
        try await StoredDatabase.withStored { path in
            try Data(damage.utf8).write(to: URL(filePath: path + ".mark"))
            let told = try await StoredDatabase.using(path) { try await $0.completeness() }
            guard case .missing(let losses) = told else { _ = Issue.record("\(told)"); return }
            #expect(losses.map(\.count) == [nil] && losses[0].last >= 5)
            try await StoredDatabase.using(path) { try await StoredDatabase.insert(100, into: $0) }
            try await StoredDatabase.using(path) { database in
                #expect(try await database.completeness() == told)
                try await database.acceptLosses()
            }
            try await StoredDatabase.using(path) { database in
                guard case .whole = try await database.completeness() else { _ = Issue.record("told again"); return }
            }
        }
    }

    /// What is missing for certain is told beside the doubt.
    @Test(arguments: [true, false]) func aLossAfterTheDoubtIsToldAsWell(_ isAccepted: Bool) async throws {
        try await StoredDatabase.withStored { path in
            try FileManager.default.copyItem(atPath: path, toPath: path + ".copy")
            try await StoredDatabase.using(path) {
                for number in 100...101 { try await StoredDatabase.insert(number, into: $0) }
            }
            try Data().write(to: URL(filePath: path + ".mark"))
            try await StoredDatabase.using(path) { if isAccepted { try await $0.acceptLosses() } }
            for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
            try FileManager.default.copyItem(atPath: path + ".copy", toPath: path)
            guard case .missing(let losses) = try await StoredDatabase.using(path, { try await $0.completeness() })
            else {
                _ = Issue.record("an older database looks whole"); return
            }
            #expect(losses.map(\.count) == (isAccepted ? [2] : [nil, 2]))
        }
    }

    @Test func soIsOneThatIsDamagedWhileTorgRuns() async throws {
        try await StoredDatabase.withStored { path in
            try await StoredDatabase.using(path) { database in
                #expect(truncate(path + ".mark", 0) == 0)
                try await StoredDatabase.insert(100, into: database)
            }
            guard case .missing(let losses) = try await StoredDatabase.using(path, { try await $0.completeness() })
            else {
                _ = Issue.record("a damaged mark heals itself"); return
            }
            #expect(losses.map(\.count) == [nil])
        }
    }

    @Test func aMarkThatCannotBeOpenedIsNoMissingOne() async throws {
        try await StoredDatabase.withStored { path in
            try FileManager.default.removeItem(atPath: path + ".mark")
            try FileManager.default.createDirectory(atPath: path + ".mark", withIntermediateDirectories: false)
            #expect(throws: DatabaseError.self) { _ = try Database.open(url: "sqlite:" + path) }
        }
    }

    /// The mark lies where the link leads.
    @Test(arguments: [true, false]) func noEmptyDatabaseIsMadeThroughALink(_ isRelative: Bool) async throws {
        try await StoredDatabase.withStored { path in
            let folder = URL(filePath: path).deletingLastPathComponent()
            let link = folder.appending(path: "links/torg.db").path
            try FileManager.default.createDirectory(
                atPath: folder.appending(path: "links").path, withIntermediateDirectories: false)
            let between = folder.appending(path: "between.db").path
            for (link, target) in [
                (link, isRelative ? "../between.db" : between), (between, isRelative ? "torg.db" : path),
            ] {
                try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
            }
            #expect(try await StoredDatabase.count(in: link) == 5)
            try FileManager.default.moveItem(atPath: path, toPath: path + ".elsewhere")
            for creating in [true, false] {
                #expect {
                    _ = try Database.open(url: "sqlite:" + link, creating: creating)
                } throws: {
                    if case MissingDatabase.gone = $0 { true } else { false }
                }
            }
            #expect(!FileManager.default.fileExists(atPath: path))
            try FileManager.default.moveItem(atPath: path + ".elsewhere", toPath: path)
            #expect(try await StoredDatabase.count(in: link) == 5)
        }
    }

    @Test func aLinkThatLeadsInACircleIsRefused() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "torg-circle-\(UUID().uuidString).db").path
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: DatabaseError.self) { _ = try Database.open(url: "sqlite:" + path, creating: true) }
    }

    @Test func commitNumbersGoRound() {
        let last = CommitNumber(CommitNumber.count - 1)
        #expect(last.next == CommitNumber(0))
        #expect(CommitNumber(3).ahead(of: last) == 4)
        #expect(last.ahead(of: CommitNumber(3)) == -4)
        #expect(CommitNumber(3).ahead(of: CommitNumber(3)) == 0)
    }
}
