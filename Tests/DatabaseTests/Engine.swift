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
        switch self {
        case .sqlite:
            let name = "torg_test_" + UUID().uuidString.prefix(8).lowercased()
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
            defer { try? FileManager.default.removeItem(at: folder) }
            let url = "sqlite:" + folder.appendingPathComponent("made/torg.db").path
            try await using(try .open(url: url, connections: connections, patience: patience), body)
        case .postgres:
            try await Self.withSchema { url in
                try await using(try .open(url: url, connections: connections, patience: patience), body)
            }
        }
    }

    /// An empty schema on the PostgreSQL server, for tests that look at it from several nodes.
    static func withSchema(_ body: (_ url: String) async throws -> Void) async throws {
        guard let server else { try Test.cancel("TORG_TEST_POSTGRES names no server") }
        let name = "torg_test_" + UUID().uuidString.prefix(8).lowercased()
        let admin = try Database.open(url: server, connections: 1)
        let schema = SQL(stringLiteral: name)
        _ = try await admin.write(tenant: nil) { try $0.run("CREATE SCHEMA \(schema)") }
        let url = server + (server.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(name)"
        let result = await Result(catching: { try await body(url) })
        _ = try? await admin.write(tenant: nil) { try $0.run("DROP SCHEMA \(schema) CASCADE") }
        await admin.close()
        try result.get()
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

extension Database {
    /// Holds the writing thread until all the writers wait in this order, so that they come to be one group.
    ///
    /// - Returns: what became of each.
    func group<Value: Sendable>(
        of writers: Int, _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [Result<Value, any Error>] {
        let (started, signal) = AsyncStream<Void>.makeStream()
        let gate = Gate()
        async let held: Void = write(tenant: nil) { _ in
            signal.finish()
            gate.wait()
        }
        for await _ in started {}
        let outcomes = await withTaskGroup(of: (Int, Result<Value, any Error>).self) { group in
            for number in 0..<writers {
                group.addTask { (number, await Result(catching: { try await body(number) })) }
                try? await Task.sleep(for: .milliseconds(3))
            }
            try? await Task.sleep(for: .milliseconds(200))
            gate.open()
            return await group.reduce(into: []) { $0.append($1) }
        }
        // It may share their fate.
        _ = try? await held
        return outcomes.sorted { $0.0 < $1.0 }.map(\.1)
    }
}

/// Holds the database's thread until the test lets it go on: no test depends on how fast the machine is. A test that
/// would hang fails instead.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    /// Open once is open for ever: a closure may be run again, by itself.
    func wait() {
        _ = semaphore.wait(timeout: .now() + 30)
        semaphore.signal()
    }

    func open() { semaphore.signal() }
}

/// Holds the database's thread, as a slow statement would.
func blockThread(seconds: Double) {
    Thread.sleep(forTimeInterval: seconds)
}
