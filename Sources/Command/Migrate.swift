import App
import ArgumentParser
import Database

/// `torg migrate`: makes the tables, or brings them up to date.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Makes the tables, or brings them up to date.")

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        let database = try await settings.load().openDatabase()
        let pending = try await database.pendingMigrations(Migration.all)
        try await database.migrate(Migration.all)
        let mustIndex = try await Installation.mustRebuildSearch(in: database)
        await database.close()
        for migration in pending { print("applied \(migration.number) \(migration.name)") }
        if mustIndex {
            say("indexing all cases anew; stopped, the next `torg migrate` goes on where this one was")
            let cases = try await settings.withInstallation(isIndexing: true) { try await $0.rebuildSearch() }
            say("\(cases) cases indexed")
        }
        print(pending.isEmpty ? "the database is up to date" : "the database is up to date now")
    }
}
