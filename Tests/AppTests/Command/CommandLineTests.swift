import Foundation
import Support
import Testing

/// The program itself, as somebody types it.
@Suite struct CommandLineTests {
    private struct Output {
        var status: Int32
        var out: String
        var err: String
        var json: Any? { try? JSONSerialization.jsonObject(with: Data(out.utf8)) }
    }

    private static let program = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: ".build/debug/torg")

    private func torg(
        _ arguments: [String], environment: [String: String] = [:], input: String = "", folder: URL? = nil
    ) throws -> Output {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/tmp"].merging(environment) { _, own in own }
        process.currentDirectoryURL = folder ?? FileManager.default.temporaryDirectory
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        try process.run()
        stdin.fileHandleForWriting.write(Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let out = stdout.fileHandleForReading.readDataToEndOfFile()
        let err = stderr.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Output(
            status: process.terminationStatus, out: String(decoding: out, as: UTF8.self),
            err: String(decoding: err, as: UTF8.self))
    }

    @Test(arguments: [
        // Easter 2026: Maundy Thursday is 2 April, Easter Monday 6 April; the Wednesday before closes at noon.
        ("NO", "2026-03-31T10:00:00Z", 1, "2026-04-01T10:00:00.000Z"),
        ("NO", "2026-03-31T10:00:00Z", 3, "2026-04-08T13:30:00.000Z"),
        ("SE", "2026-06-18T10:00:00+02:00", 1, "2026-06-22T13:30:00.000Z"),
    ])
    func workingDaysAreCounted(_ country: String, _ from: String, _ days: Int, _ due: String) throws {
        let output = try torg(
            ["calendar", "due", "--country", country, "--from", from, "--working-days", "\(days)", "--json"])
        let json = try #require(output.json as? [String: Any])
        #expect(output.status == 0)
        #expect(json["due"] as? String == due)
        let plain = try torg(["calendar", "due", "--country", country, "--from", from, "--working-days", "\(days)"])
        #expect(plain.out.hasPrefix(try #require(json["due"] as? String)))
    }

    @Test func holidaysHaveTheirNames() throws {
        let output = try torg(["calendar", "holidays", "--country", "DK", "--year", "2023", "--json"])
        let days = try #require(output.json as? [[String: Any]])
        #expect(days.contains { $0["date"] as? String == "2023-05-05" && $0["name"] as? String == "Store bededag" })
        let plain = try torg(["calendar", "holidays", "--country", "dk", "--year", "2024"])
        #expect(plain.out.contains("2024-12-25  Juledag\n"))
        #expect(!plain.out.contains("bededag"))
    }

    @Test(arguments: [
        ["calendar", "holidays", "--country", "NO", "--year", "1969"],
        ["calendar", "holidays", "--country", "NO", "--year", "2201"],
        ["calendar", "holidays", "--country", "FI", "--year", "2026"],
        ["calendar", "due", "--country", "NO", "--from", "2026-03-31T10:00:00Z", "--working-days", "2001"],
        ["calendar", "due", "--country", "NO", "--from", "2026-03-31T10:00:00Z", "--working-days=-1"],
        ["calendar", "due", "--country", "NO", "--from", "yesterday", "--working-days", "1"],
        ["calendar", "due", "--country", "NO", "--from", "2999-03-31T10:00:00Z", "--working-days", "1"],
        ["report", "leader", "--municipality", "sandvik"], ["report", "late", "--municipality", "sandvik"],
        ["report", "open", "--municipality", "sandvik", "--format", "xlsx"],
        ["serve", "--loud"], ["fly"],
    ])
    func wrongArgumentsAreRefused(_ arguments: [String]) throws {
        let output = try torg(arguments)
        #expect(output.status == 64)
        #expect(output.out.isEmpty && !output.err.isEmpty)
    }

    @Test(arguments: [
        ["TORG_DATABASE": "mysql://torg:hemmelig@localhost/torg"], ["TORG_ADDRESS": "8080"],
        ["TORG_MAIL": "smtp://torg:hemmelig@"], ["TORG_NOW": "noon"], ["TORG_PUBLIC_URL": "torg.example.org"],
        ["TORG_NOW": "2026-07-20T09:12:00Z", "TORG_ADDRESS": "0.0.0.0:8080"], ["TORG_MAIL_FROM": "nobody"],
        ["TORG_CONFIG": "/nowhere/torg.yaml"], ["TORG_SMS": "https://sms.example.org/?key=hemmelig"],
        ["TORG_SMS": "http://sms.example.org/?key=hemmelig", "TORG_SMS_FROM": "Sandvik"],
        ["TORG_SMS": "https://sms.example.org", "TORG_SMS_FROM": "Sandvik", "TORG_SMS_HEADERS": "hemmelig"],
        ["TORG_SMS": "https://sms.example.org", "TORG_SMS_FROM": "S", "TORG_SMS_REPORT_SECRET": "hemmelig"],
    ])
    func wrongSettingsAreNamedAndNoSecretIsTold(_ environment: [String: String]) throws {
        let output = try torg(["serve"], environment: environment)
        #expect(output.status == 78)
        #expect(output.err.hasPrefix("torg: "))
        #expect(!output.err.contains("hemmelig"))
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080", false), ("http://localhost", false), ("http://[::1]:8080", false),
        ("https://localhost", true), ("http://torg.example.org", true), ("http://127.0.0.1.example.org", true),
    ])
    func mailThatReachesNobodyIsWarnedOf(_ publicURL: String, _ isWarned: Bool) throws {
        let folder = try TestFolder.make()
        let output = try torg(["serve"], environment: ["TORG_PUBLIC_URL": publicURL], folder: folder)
        #expect(output.status == 1, "there are no tables yet")
        #expect((output.out + output.err).contains("set TORG_MAIL to a mail server") == isWarned)
        let mailed = try torg(
            ["serve"], environment: ["TORG_PUBLIC_URL": publicURL, "TORG_MAIL": "smtp://127.0.0.1:9"], folder: folder)
        #expect(!(mailed.out + mailed.err).contains("TORG_MAIL"))
    }

    @Test func flagsComeBeforeTheEnvironmentAndThatBeforeTheFile() throws {
        let folder = try TestFolder.make()
        try "database: sqlite:file.db\n".write(
            to: folder.appending(path: "torg.yaml"), atomically: true, encoding: .utf8)
        func made(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.appending(path: name).path) }
        _ = try torg(
            ["migrate", "--database", "sqlite:flag.db"], environment: ["TORG_DATABASE": "sqlite:env.db"], folder: folder
        )
        #expect(made("flag.db") && !made("env.db") && !made("file.db"))
        _ = try torg(["migrate"], environment: ["TORG_DATABASE": "sqlite:env.db"], folder: folder)
        #expect(made("env.db") && !made("file.db"))
        _ = try torg(["migrate"], folder: folder)
        #expect(made("file.db") && !made("var"))
    }

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
        #expect(try torg(["jobs", "run-due"], folder: folder).out == "nothing is due\n")
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

    /// What comes on standard input is the password, never something else that no option names.
    @Test(arguments: [("SE", "Kontaktcenter"), ("NO", "Servicetorg"), ("DK", "Borgerservice")])
    func thePasswordIsNoName(_ country: String, _ centre: String) throws {
        let folder = try TestFolder.make()
        _ = try torg(["migrate"], folder: folder)
        let arguments = [
            "municipality", "create", "--slug", "nordvik", "--name", "Nordvik", "--country", country,
            "--admin-login", "sjef", "--admin-name", "Sjefen",
        ]
        let silent = try torg(arguments, folder: folder)
        #expect(silent.status == 64 && silent.err.contains("first line of standard input"))
        let unnamed = try torg(Array(arguments.dropLast(2)), input: "langt-og-godt-passord\n", folder: folder)
        #expect(unnamed.status == 64 && unnamed.err.contains("--admin-name"))
        #expect(!(unnamed.out + unnamed.err).contains("langt"))
        #expect(try torg(arguments, input: "langt-og-godt-passord\n", folder: folder).status == 0)
        let report = try torg(["report", "open", "--municipality", "nordvik"], folder: folder)
        #expect(!report.out.contains("langt"))
        let stored = try Data(contentsOf: folder.appending(path: "var/torg.db"))
        #expect(stored.range(of: Data(centre.utf8)) != nil)
        #expect(stored.range(of: Data("langt-og-godt".utf8)) == nil)
    }

    @Test func aMunicipalityIsMadeWithAPasswordFromStandardInput() throws {
        let folder = try TestFolder.make()
        _ = try torg(["migrate"], folder: folder)
        let arguments = [
            "municipality", "create", "--slug", "nordvik", "--name", "Nordvik", "--country", "NO", "--centre", "Torget",
            "--admin-login", "sjef", "--admin-name", "Sjefen",
        ]
        #expect(try torg(arguments, input: "kort\n", folder: folder).status == 1)
        #expect(try torg(arguments, input: "langt-og-godt-passord\n", folder: folder).status == 0)
        let again = try torg(arguments, input: "langt-og-godt-passord\n", folder: folder)
        #expect(again.status == 1 && again.err.contains("already"))
        #expect(try torg(["seed", "demo"], folder: folder).status == 1)
    }
}
