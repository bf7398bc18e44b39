import App
import ArgumentParser

/// `torg jobs`: what Torg does by itself.
struct Jobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What Torg does by itself.", subcommands: [RunDue.self])

    struct RunDue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run-due", abstract: "Runs what is due now, once, and prints what it did.")

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            try await settings.withInstallation { installation in
                let done = try await installation.runDueJobs()
                for line in done { say(line.description) }
                if done.isEmpty { say("nothing is due") }
                if done.contains(where: \.failed) { throw ExitCode.failure }
            }
        }
    }
}
