import App
import ArgumentParser
import Domain

/// `torg figures rebuild`: counts the history anew.
struct Figures: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures", abstract: "Contacts and endings by day.", subcommands: [Rebuild.self])

    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Counts the history of a municipality anew.",
            discussion: """
                Torg counts by itself, a moment after something happens. This is for when `torg verify` says that figures are \
                not what happened. It may run beside the server; run again, it comes to the same.
                """)

        @OptionGroup var settings: SettingsOptions
        @Option(help: "The municipality's short name.") var municipality: String
        @Option(help: "The first day, as in 2026-01-31. Without it, the first there is.") var from: CivilDay?
        @Option(help: "The last day. Without it, the last there is.") var to: CivilDay?

        func validate() throws {
            if let from, let to, from > to { throw ValidationError("the first day comes after the last") }
        }

        func run() async throws {
            try await settings.withInstallation { installation in
                guard let id = try await installation.municipality(municipality) else {
                    throw Failure.refused("there is no municipality \(municipality)")
                }
                let steps = Steps("lines of the history read", each: 500_000)
                let counts = try await RebuildFigures(municipality: id, from: from, to: to)
                    .perform(in: installation) { steps.add($0) }
                say("\(counts) counts stored")
            }
        }
    }
}
