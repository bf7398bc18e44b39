import App
import ArgumentParser
import ServiceLifecycle

/// `torg worker`: the jobs alone.
struct Worker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the jobs alone, for servers that run with --no-jobs.",
        discussion: "SIGTERM stops it: a job that has begun is finished first.")

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        try await settings.withInstallation { installation in
            say("Torg runs its jobs")
            try await ServiceGroup(stoppedBySignals: [BackgroundJobs(installation: installation)]).run()
        }
    }
}
