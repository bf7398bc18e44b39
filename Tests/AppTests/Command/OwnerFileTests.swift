import Foundation
import Support
import Testing

@testable import Adapters

@Suite struct OwnerFileTests {
    @Test func replacesPlainFilesOnly() throws {
        let folder = try TestFolder.make()
        let path = folder.appending(path: "report.csv").path
        try OwnerFile.write(Array("first".utf8), to: path)
        try OwnerFile.write(Array("second".utf8), to: path)
        #expect(FileManager.default.contents(atPath: path) == Data("second".utf8))
        for place in [folder.path, "/dev/null"] {
            #expect(throws: OwnerFile.Unwritable.self) { try OwnerFile.write([1], to: place) }
        }
        #expect(FileIdentity("/dev/null")?.isPlain == false)
    }

    @Test func neverReplacesADatabase() throws {
        let folder = try TestFolder.make()
        let database = folder.appending(path: "torg.db")
        let bytes = Data("SQLite format 3\0…".utf8)
        try bytes.write(to: database)
        let link = folder.appending(path: "link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: database)
        for path in [database.path, link.path] {
            #expect(throws: OwnerFile.Unwritable.self) { try OwnerFile.write([1], to: path) }
        }
        #expect(try Data(contentsOf: database) == bytes)
    }

    @Test func oneFileHasOneIdentity() throws {
        let folder = try TestFolder.make()
        let file = folder.appending(path: "a").path
        try Data().write(to: URL(filePath: file))
        try Data().write(to: folder.appending(path: "other"))
        try FileManager.default.linkItem(atPath: file, toPath: folder.appending(path: "hard").path)
        let soft = folder.appending(path: "soft").path
        try FileManager.default.createSymbolicLink(atPath: soft, withDestinationPath: "a")
        #expect(FileIdentity(file) != nil)
        #expect(FileIdentity(folder.appending(path: "hard").path) == FileIdentity(file))
        #expect(FileIdentity(soft) == FileIdentity(file))
        #expect(FileIdentity(folder.appending(path: "other").path) != FileIdentity(file))
        #expect(FileIdentity(folder.appending(path: "none").path) == nil)
    }
}
