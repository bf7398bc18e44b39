import App
import ArgumentParser

/// `torg seed demo`: something to look around in.
struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fills an empty database.", subcommands: [Demo.self])

    struct Demo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A fictional municipality, sandvik, with units, people, categories and cases.",
            discussion: "Accounts agent, handler, leader and admin; each with the password torg-demo.")

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            try await settings.withInstallation { installation in
                switch try await SeedDemo().perform(in: installation) {
                case .seeded(let cases): say("sandvik is there now, with \(cases) cases")
                case .alreadyThere: say("sandvik is there already; nothing was changed")
                case .refused(let other):
                    throw Failure.refused("the database holds another municipality, \(other); nothing was changed")
                }
            }
        }
    }
}
