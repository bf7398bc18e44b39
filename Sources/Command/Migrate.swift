import App
import ArgumentParser
import Database

/// `torg migrate`: makes the tables, or brings them up to date.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes the tables, or brings them up to date.",
        discussion: "Makes no empty database where there was one.")

    @OptionGroup var settings: SettingsOptions
    @Flag(help: "Begins anew where the database is gone. What is left of it is kept under another name.")
    var new = false

    func run() async throws {
        let settings = try await settings.load()
        let database = try open(settings)
        let pending: [Migration]
        let left: Set<Rebuild>
        do {
            pending = try await database.pendingMigrations(Migration.all)
            try await database.migrate(Migration.all)
            left = try await Installation.leftByMigrations(in: database)
            await database.close()
        } catch {
            await database.close()
            throw error
        }
        for migration in pending { say("applied \(migration.number) \(migration.name)") }
        if !left.isEmpty { try await finish(left) }
        say(pending.isEmpty ? "the database is up to date" : "the database is up to date now")
    }

    private func finish(_ left: Set<Rebuild>) async throws {
        try await settings.withInstallation(isMigrating: true) { installation in
            for kind in Rebuild.allCases where left.contains(kind) {
                let (work, rows) = kind.said
                say("\(work); stopped, the next `torg migrate` goes on where this one was")
                let steps = Steps("\(rows) looked at")
                say("\(try await installation.rebuild([kind]) { steps.add($0) }[kind] ?? 0) \(rows) done")
            }
        }
    }

    private func open(_ settings: Settings) throws -> Database {
        do {
            return try settings.openDatabase(creating: true)
        } catch is MissingDatabase where new {
            try Database.setAside(url: settings.databaseURL)
            return try settings.openDatabase(creating: true)
        } catch let missing as MissingDatabase {
            throw Failure.refused("\(missing)")
        }
    }
}

extension Rebuild {
    /// What is done, and what its rows are.
    fileprivate var said: (work: String, rows: String) {
        switch self {
        case .lookupKeys: ("finding callers by one key a telephone", "telephone number(s)")
        case .searchCases: ("indexing all cases anew", "case(s)")
        case .searchContacts: ("indexing all contacts anew", "contact(s)")
        case .actors: ("naming who acted in earlier events", "event(s)")
        case .contactHistory: ("writing the history of earlier contacts", "contact(s)")
        }
    }
}
