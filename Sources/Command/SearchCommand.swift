import App
import ArgumentParser

/// `torg search rebuild`: indexes all cases and contacts anew.
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "What the search finds by.", subcommands: [Rebuild.self])

    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Indexes all cases and contacts of a municipality anew.",
            discussion: """
                For when the municipality's language was changed, or libstemmer. `torg migrate` does it by itself where a \
                new version of Torg needs it. It may run beside the server; stopped, it goes on where it was.
                """)

        @OptionGroup var settings: SettingsOptions
        @Option(help: "The municipality's short name.") var municipality: String

        func run() async throws {
            let municipality = municipality
            try await settings.withInstallation(isMigrating: true) { installation in
                guard let id = try await installation.municipality(municipality) else {
                    throw Failure.refused("there is no municipality \(municipality)")
                }
                try await installation.planSearchRebuild(of: id)
                let done = try await installation.rebuild([.lookupKeys, .searchCases, .searchContacts])
                say("\(done[.searchCases] ?? 0) case(s) and \(done[.searchContacts] ?? 0) contact(s) indexed")
            }
        }
    }
}
