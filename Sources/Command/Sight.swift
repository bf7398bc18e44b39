import App
import ArgumentParser

/// `torg sight`: what waits for a second person, and its yes where nobody else can give it.
struct Sight: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sight of confidential cases that waits for a second person.",
        subcommands: [List.self, Confirm.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists what waits and what was refused.")

        @OptionGroup var settings: SettingsOptions
        @Option(help: "The municipality's short name, such as sandvik.") var municipality: String

        func run() async throws { try await carryOut(ConfirmSight(municipality: municipality, login: nil), settings) }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says yes to all that waits for one person; it stands in the audit.")

        @OptionGroup var settings: SettingsOptions
        @Option(help: "The municipality's short name, such as sandvik.") var municipality: String
        @Option(help: "The login of whoever is to see the cases.") var user: String

        func run() async throws { try await carryOut(ConfirmSight(municipality: municipality, login: user), settings) }
    }

    private static func carryOut(_ work: ConfirmSight, _ settings: SettingsOptions) async throws {
        try await settings.withInstallation { installation in
            do {
                for line in try await work.perform(in: installation) { say(line) }
            } catch let refusal as ConfirmSight.Refused {
                throw Failure.refused(refusal.description)
            }
        }
    }
}
