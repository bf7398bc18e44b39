import App
import ArgumentParser
import Domain
import Foundation

/// `torg bench`: what `bin/bench` needs of the program itself. For databases made for measuring only.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures; for a database made for it.", shouldDisplay: false, subcommands: [Fill.self, Raw.self])

    struct Fill: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds invented cases, most of them closed.")

        @OptionGroup var settings: SettingsOptions
        @Option var municipality = DemoMunicipality.slug
        @Option(help: "How many cases.") var cases = 1_000_000
        @Option(help: "How many of them are open.") var open = 20_000

        func run() async throws {
            try await settings.withInstallation { installation in
                guard let id = try await installation.municipality(municipality) else {
                    throw Failure.refused("there is no municipality \(municipality)")
                }
                try await SeedLoad(cases: cases, open: open, municipality: id).perform(in: installation) { made in
                    if made % 100_000 == 0 { say("\(made) cases") }
                }
            }
        }
    }

    struct Raw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Inserts the rows of registrations, without the application, and prints how many a second.")

        @OptionGroup var settings: SettingsOptions
        @Option var municipality = DemoMunicipality.slug
        @Option var seconds = 5.0

        func run() async throws {
            try await settings.withInstallation { installation in
                guard let id = try await installation.municipality(municipality) else {
                    throw Failure.refused("there is no municipality \(municipality)")
                }
                say("\(Int(try await RawInserts.perform(seconds: seconds, municipality: id, in: installation)))")
            }
        }
    }
}
