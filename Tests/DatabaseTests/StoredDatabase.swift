import Foundation
import Testing

@testable import Database

/// A SQLite database in a folder of its own, to be damaged.
enum StoredDatabase {
    /// A folder with a migrated database that has stored `count` rows, stopped cleanly; gone afterwards.
    static func withStored(
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

    static let table = Migration(number: 1, name: "table") { _ in ["CREATE TABLE a (n INTEGER PRIMARY KEY)"] }

    @discardableResult
    static func using<Value>(_ path: String, _ body: (Database) async throws -> Value) async throws -> Value {
        let database = try Database.open(url: "sqlite:" + path, connections: 2, creating: true)
        let result = await Result(catching: { try await body(database) })
        await database.close()
        return try result.get()
    }

    static func insert(_ number: Int, into database: Database) async throws {
        try await database.write(tenant: nil) { try $0.run("INSERT INTO a VALUES (\(number))") }
    }

    static func count(in path: String) async throws -> Int {
        try await using(path) { database in
            try await database.read(tenant: nil) { try $0.value("SELECT count(*) FROM a") } ?? 0
        }
    }

    static func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    static func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }
}
