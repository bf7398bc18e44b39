import ArgumentParser
import Database
import Foundation

/// `torg backup FILE`: one whole, consistent copy while Torg runs.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a copy of the SQLite database, as of one moment, while it is in use.",
        discussion: "The file must not exist yet. For PostgreSQL use pg_dump.")

    @Argument(help: "The file to write.") var file: String
    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        let settings = try await settings.load()
        let database = try settings.openDatabase()
        guard database.dialect == .sqlite else {
            throw Failure.refused("PostgreSQL has a backup of its own: pg_dump --format=custom")
        }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw Failure.refused("\(file) is there already; nothing was written")
        }
        do { try await database.backup(to: file) } catch { throw Failure.refused("the backup failed: \(error)") }
        await database.close()
        say("wrote \(file)")
    }
}
