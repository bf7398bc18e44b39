import App
import ArgumentParser
import Database
import Foundation

/// `torg backup FILE`: one whole, consistent copy while Torg runs.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a copy of the SQLite database, as of one moment, while it is in use.",
        discussion: """
            The file must not exist yet; it is checked for damage, and readable by its owner alone. What was missing before \
            is missing in it too, and is said. For PostgreSQL use pg_dump.
            """)

    @Argument(help: "The file to write.") var file: String
    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        let database = try await settings.load().openDatabase()
        guard database.dialect == .sqlite else {
            throw Failure.refused("PostgreSQL has a backup of its own: pg_dump --format=custom")
        }
        let summary: BackUp.Summary
        do {
            summary = try await BackUp(path: file).perform(in: database)
        } catch {
            await database.close()
            throw Failure.refused("no backup was made: \(error)")
        }
        await database.close()
        let size = (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
        let newest = summary.newestContact.map { "the newest of \($0.iso8601)" } ?? "none yet"
        say("wrote \(file): \((Double(size) / 1_000_000).formatted(.number.precision(.fractionLength(1)))) MB")
        say(
            "municipalities: \(summary.municipalities), cases: \(summary.cases), contacts: \(summary.contacts), \(newest)"
        )
        for loss in summary.losses { say("\(loss)") }
    }
}
