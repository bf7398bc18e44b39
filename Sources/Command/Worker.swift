import App
import ArgumentParser
import Foundation

/// `torg worker`: the jobs alone.
struct Worker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the jobs alone, for servers that run with --no-jobs.",
        discussion: "SIGTERM stops it: a job that has begun is finished first.")

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        try await settings.withInstallation { installation in
            let jobs = Task { await installation.runJobs() }
            let signals = StopSignals { jobs.cancel() }
            say("Torg runs its jobs")
            await jobs.value
            signals.end()
        }
    }
}

/// Calls back on SIGTERM and SIGINT instead of ending the process.
private final class StopSignals {
    private let sources: [any DispatchSourceSignal]

    init(_ stop: @escaping @Sendable () -> Void) {
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler(handler: stop)
            source.resume()
            return source
        }
    }

    func end() {
        for source in sources { source.cancel() }
    }
}
