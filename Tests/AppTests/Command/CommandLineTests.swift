import Foundation
import Support
import Testing

/// The program itself, as somebody types it.
@Suite struct CommandLineTests {
    struct Output {
        var status: Int32
        var out: String
        var err: String
        var json: Any? { try? JSONSerialization.jsonObject(with: Data(out.utf8)) }
    }

    static let program = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: ".build/debug/torg")

    func torg(
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
