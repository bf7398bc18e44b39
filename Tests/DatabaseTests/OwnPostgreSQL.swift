import Foundation
import Testing

/// A durable PostgreSQL server of its own, for tests that stop it: the other tests need theirs.
struct OwnPostgreSQL {
    let url: String
    private let folder: String

    /// Whether PostgreSQL is tried in this run.
    static let isWanted = ProcessInfo.processInfo.environment["TORG_TEST_POSTGRES"] != nil

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "torg-own-\(UUID().uuidString)")
            .path(percentEncoded: false)
        try Self.run("start", folder, "--durable")
        url = try String(contentsOfFile: folder + "/url", encoding: .utf8).trimmingCharacters(in: .newlines)
    }

    /// - Parameter mode: `fast`, or `immediate` as in a crash.
    func halt(_ mode: String) throws { try Self.run("halt", folder, mode) }
    func resume() throws { try Self.run("resume", folder) }
    func remove() throws { try Self.run("stop", folder) }

    /// Not through `Process`: it waits for everything that its child leaves running, here the server itself.
    private static func run(_ arguments: String...) throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Support/postgres")
        let command = ([script.path(percentEncoded: false)] + arguments).map { "'\($0)'" }.joined(separator: " ")
        try #require(system(command + " > /dev/null 2>&1") == 0, "\(command)")
    }
}
