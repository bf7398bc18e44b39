import Domain
import Foundation
import Support
import Testing

@testable import App

/// Where rows are set aside nothing is lost that no import has written.
@Suite struct RejectedFileTests {
    private struct Files {
        let folder: URL
        let file: String
        let mapping: String

        init(rows: [String]) throws {
            folder = try TestFolder.make()
            file = folder.appending(path: "requests.csv").path
            mapping = folder.appending(path: "mapping.yaml").path
            try ImportFixture.latin1([ImportFixture.heading] + rows).write(to: URL(filePath: file))
            try Data(ImportFixture.mapping.utf8).write(to: URL(filePath: mapping))
        }

        func path(_ name: String) -> String { folder.appending(path: name).path }

        func run(rejected: String, in torg: TestTorg) async throws -> ImportSummary {
            try await ImportRequests(
                file: file, mapping: try RequestMapping(yaml: ImportFixture.mapping), mappingFile: mapping,
                municipality: "sandvik", rejectedFile: rejected
            ).perform(in: torg.installation)
        }
    }

    @Test func theSourceIsNeverReplaced() async throws {
        let torg = try await TestTorg()
        let files = try Files(rows: ["broken"])
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: files.path("symbolic"), withDestinationPath: files.file)
        try manager.linkItem(atPath: files.file, toPath: files.path("hard"))
        try manager.createSymbolicLink(atPath: files.path("mapping"), withDestinationPath: files.mapping)
        let before = (manager.contents(atPath: files.file), manager.contents(atPath: files.mapping))
        for path in [
            files.file, files.path("../\(files.folder.lastPathComponent)/requests.csv"), files.path("symbolic"),
            files.path("hard"), files.mapping, files.path("mapping"),
        ] {
            let fault = await #expect(throws: ImportFault.self) { try await files.run(rejected: path, in: torg) }
            #expect(fault?.description.contains("that is the file to read, or the mapping") == true, "\(path)")
        }
        #expect(manager.contents(atPath: files.file) == before.0)
        #expect(manager.contents(atPath: files.mapping) == before.1)
        await torg.close()
    }

    @Test(arguments: [true, false]) func whatNoImportHasWrittenStays(isBroken: Bool) async throws {
        let torg = try await TestTorg()
        let files = try Files(rows: [isBroken ? "broken" : ImportFixture.rows[1]])
        for text in ["", "precious", "rejected_line;rejected_reason;a", "\u{feff}rejected_line"] {
            let other = files.path("other")
            try Data(text.utf8).write(to: URL(filePath: other))
            try? FileManager.default.createSymbolicLink(atPath: files.path("link"), withDestinationPath: other)
            for path in [other, files.path("link")] {
                let fault = await #expect(throws: ImportFault.self) { try await files.run(rejected: path, in: torg) }
                #expect(fault?.description.contains("no import has written") == true)
            }
            #expect(FileManager.default.contents(atPath: other) == Data(text.utf8))
        }
        for path in [files.folder.path, "/dev/null"] {
            await #expect(throws: ImportFault.self) { try await files.run(rejected: path, in: torg) }
        }
        #expect(FileManager.default.fileExists(atPath: "/dev/null"))
        #expect(
            try await torg.installation.database.read(tenant: nil) { try $0.value("SELECT count(*) FROM contacts") }
                == 0)
        await torg.close()
    }

    @Test func whatAnEarlierImportLeftIsReplaced() async throws {
        let torg = try await TestTorg()
        let files = try Files(rows: ["broken"])
        let path = files.path("rejected.csv")
        #expect(try await files.run(rejected: path, in: torg).rejected == 1)
        let first = FileManager.default.contents(atPath: path)
        #expect(first?.isEmpty == false)
        #expect(try await files.run(rejected: path, in: torg).rejected == 1)
        #expect(FileManager.default.contents(atPath: path) == first)
        try ImportFixture.latin1([ImportFixture.heading, ImportFixture.rows[1]]).write(to: URL(filePath: files.file))
        #expect(try await files.run(rejected: path, in: torg).rejected == 0)
        #expect(!FileManager.default.fileExists(atPath: path))
        await torg.close()
    }
}
