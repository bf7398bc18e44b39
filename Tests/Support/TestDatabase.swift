import Database
import Foundation

/// An empty database for one test.
public enum TestDatabase {
    /// `sqlite`, or the URL of a PostgreSQL server on which databases may be made.
    static let url = ProcessInfo.processInfo.environment["TORG_TEST_DATABASE"] ?? "sqlite"

    public static var isPostgreSQL: Bool { url.hasPrefix("postgres") }

    /// - Parameter folder: where SQLite keeps it.
    public static func make(in folder: URL) async throws -> Database {
        guard isPostgreSQL else { return try Database.open(url: "sqlite:\(folder.path)/torg.db") }
        let name = "torg_test_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        // A schema of its own is as good as a database of its own, and quicker made.
        let server = try Database.open(url: url, connections: 1)
        try await server.write(tenant: nil) { _ = try $0.run(SQL(stringLiteral: "CREATE SCHEMA \(name)")) }
        await server.close()
        let options = "options=-csearch_path%3D\(name)"
        return try Database.open(url: url + (url.contains("?") ? "&" : "?") + options, connections: 1)
    }
}
