import Foundation
import Support
import Testing

/// What the commands do with the database and its files.
extension CommandLineTests {
    @Test func aDatabaseIsMigratedSeededVerifiedAndBackedUp() throws {
        let folder = try TestFolder.make()
        let early = try torg(["serve"], folder: folder)
        #expect(early.status == 1)
        #expect(early.err.contains("torg migrate"))
        #expect(try torg(["migrate"], folder: folder).status == 0)
        #expect(try torg(["migrate"], folder: folder).out == "the database is up to date\n")
        #expect(try torg(["seed", "demo"], folder: folder).status == 0)
        #expect(try torg(["seed", "demo"], folder: folder).out.contains("already"))
        let token = try torg(["token", "create", "--municipality", "sandvik", "--user", "agent"], folder: folder)
        #expect(token.out.wholeMatch(of: /torg_[0-9]+_[A-Za-z0-9_-]{43}\n/) != nil)
        let whole = try torg(["verify"], folder: folder)
        #expect(whole.status == 0)
        #expect(whole.out.hasSuffix("120 cases checked; nothing is wrong\n"))
        #expect(whole.out.contains("nothing is missing: commit "))
        let backup = try torg(["backup", "copy.db"], folder: folder)
        #expect(backup.status == 0)
        #expect(backup.out.contains(/municipalities: 1, cases: 120, contacts: [0-9]+, the newest of 20/))
        #expect(try torg(["backup", "copy.db"], folder: folder).status == 1)
        let copy = try torg(["verify", "--database", "sqlite:copy.db"], folder: folder)
        #expect(copy.status == 0)
        #expect(copy.out.hasSuffix("120 cases checked; nothing is wrong\n"))
        #expect(copy.out.contains("no mark lies beside the file"))
        #expect(try torg(["jobs", "run-due"], folder: folder).out.contains("mails: "))
        // What one round queues the next one sends: on a Monday morning the reports of the week.
        let rounds = try (1...3).map { _ in try torg(["jobs", "run-due"], folder: folder).out }
        #expect(rounds.last == "nothing is due\n")
    }

    /// What is stored, and every file that a command makes, in an environment where others may read what is made.
    @Test func nothingIsForOthersToRead() throws {
        let folder = try TestFolder.make()
        let program = Self.program.path
        let script = """
            umask 022; set -e
            \(program) migrate; \(program) seed demo; \(program) jobs run-due; \(program) backup copy.db
            for kind in csv xlsx text; do
                \(program) report open --municipality sandvik --format $kind --output report.$kind
            done
            touch old.csv; chmod 644 old.csv
            \(program) report open --municipality sandvik --format csv --output old.csv
            chmod 644 var/torg.db; \(program) verify
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/tmp"]
        process.currentDirectoryURL = folder
        let log = Pipe()
        (process.standardOutput, process.standardError) = (log, log)
        try process.run()
        let text = String(decoding: log.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(text)")
        #expect(text.contains("could be read by others"))
        var files = 0
        for case let path as String in try #require(FileManager.default.enumerator(atPath: folder.path)) {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: path).path)
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(path) \(String(mode, radix: 8))")
            files += 1
        }
        #expect(files > 10)
    }

    @Test func aCleanlyStoppedDatabaseIsOneFile() throws {
        let folder = try TestFolder.make()
        #expect(try torg(["migrate"], folder: folder).status == 0)
        #expect(try torg(["seed", "demo"], folder: folder).status == 0)
        let alone = folder.appending(path: "alone.db")
        try FileManager.default.copyItem(at: folder.appending(path: "var/torg.db"), to: alone)
        #expect(
            try torg(["verify", "--database", "sqlite:alone.db"], folder: folder).out.contains("120 cases checked"))
    }

    @Test func noEmptyDatabaseIsMadeWhereThereWasOne() throws {
        let folder = try TestFolder.make()
        #expect(try torg(["migrate"], folder: folder).status == 0)
        #expect(try torg(["seed", "demo"], folder: folder).status == 0)
        let file = folder.appending(path: "var/torg.db")
        try FileManager.default.removeItem(at: file)
        for command in [["migrate"], ["serve"], ["verify"], ["seed", "demo"], ["backup", "copy.db"]] {
            let output = try torg(command, folder: folder)
            #expect(output.status == 1, "\(command)")
            #expect(output.err.contains("there was a database"), "\(command): \(output.err)")
            #expect(!FileManager.default.fileExists(atPath: file.path))
        }
        #expect(try torg(["migrate", "--new"], folder: folder).status == 0)
        #expect(try torg(["verify"], folder: folder).out.contains("0 cases checked"))
    }

    @Test func anOlderBackupInItsPlaceIsToldUntilItIsAccepted() throws {
        let folder = try TestFolder.make()
        #expect(try torg(["migrate"], folder: folder).status == 0)
        #expect(try torg(["backup", "empty.db"], folder: folder).status == 0)
        #expect(try torg(["seed", "demo"], folder: folder).status == 0)
        let file = folder.appending(path: "var/torg.db")
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path + end) }
        try FileManager.default.copyItem(at: folder.appending(path: "empty.db"), to: file)
        let told = try torg(["verify"], folder: folder)
        #expect(told.status == 1 && told.out.contains("commits_missing: "), "\(told.out)")
        #expect(try torg(["backup", "later.db"], folder: folder).out.contains("commits_missing: "))
        #expect(try torg(["verify", "--accept-loss"], folder: folder).status == 1)
        #expect(try torg(["verify"], folder: folder).status == 0)
    }

    @Test func aDamagedMarkIsToldUntilItIsAccepted() throws {
        let folder = try TestFolder.make()
        #expect(try torg(["migrate"], folder: folder).status == 0)
        try Data().write(to: folder.appending(path: "var/torg.db.mark"))
        for arguments in [["verify"], ["verify", "--accept-loss"]] {
            let told = try torg(arguments, folder: folder)
            #expect(told.status == 1 && told.out.contains("mark_unreadable: unknown before commit "), "\(told.out)")
            #expect((told.out + told.err).contains("the mark beside the database was damaged"), "\(told.err)")
        }
        let accepted = try torg(["verify"], folder: folder)
        #expect(accepted.status == 0 && accepted.out.contains("nothing is missing"), "\(accepted.out)")
    }
}
