import Database
import Foundation
import Testing

/// The engines every test runs on. PostgreSQL needs a server: `TORG_TEST_POSTGRES=postgres://user@host:port/database`.
enum Engine: String, CaseIterable, CustomTestStringConvertible {
    case sqlite, postgres

    static let server = ProcessInfo.processInfo.environment["TORG_TEST_POSTGRES"]

    var testDescription: String { rawValue }

    /// An empty database for one test. Cancels the test where there is no server.
    func withDatabase(
        connections: Int = 4, patience: Duration = .seconds(5), _ body: (Database) async throws -> Void
    ) async throws {
        let name = "torg_test_" + UUID().uuidString.prefix(8).lowercased()
        switch self {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
            defer { try? FileManager.default.removeItem(at: folder) }
            let url = "sqlite:" + folder.appendingPathComponent("made/torg.db").path
            try await using(try .open(url: url, connections: connections, patience: patience), body)
        case .postgres:
            guard let server = Self.server else { try Test.cancel("TORG_TEST_POSTGRES names no server") }
            let admin = try Database.open(url: server, connections: 1)
            let schema = SQL(stringLiteral: name)
            _ = try await admin.write(tenant: nil) { try $0.run("CREATE SCHEMA \(schema)") }
            let url = server + (server.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(name)"
            let result = await Result(catching: {
                try await using(try .open(url: url, connections: connections, patience: patience), body)
            })
            _ = try? await admin.write(tenant: nil) { try $0.run("DROP SCHEMA \(schema) CASCADE") }
            await admin.close()
            try result.get()
        }
    }

    private func using(_ database: Database, _ body: (Database) async throws -> Void) async throws {
        let result = await Result(catching: { try await body(database) })
        await database.close()
        try result.get()
    }
}

extension Result where Failure == any Error {
    init(catching body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}

extension Database {
    /// Runs statements for the whole installation, as a migration would.
    func execute(_ statements: SQL...) async throws {
        try await write(tenant: nil) { transaction in
            for statement in statements { try transaction.run(statement) }
        }
    }
}

/// Holds the database's thread, as a slow statement would.
func blockThread(seconds: Double) {
    Thread.sleep(forTimeInterval: seconds)
}
