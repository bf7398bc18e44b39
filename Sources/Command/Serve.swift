import App
import ArgumentParser
import Hummingbird
import Logging
import ServiceLifecycle

/// `torg serve`: answers on HTTP, and runs the jobs beside it.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves the pages and the API, and runs the jobs.",
        discussion: "SIGTERM stops it: requests and jobs that have begun are finished first.")

    @OptionGroup var settings: SettingsOptions
    @Flag(help: "Leaves the jobs to `torg worker`.") var noJobs = false

    func run() async throws {
        let settings = try await settings.load()
        settings.warn()
        let limits = settings.limits(openFiles: OpenFiles.raise())
        let installation = try await settings.openInstallation()
        let logger = Logger.quiet("torg.http")
        let app = Application(
            responder: installation.responder(),
            server: .guarded(limits, logger: logger, text: installation.refusalTexts),
            configuration: .init(
                address: .hostname(settings.address.host, port: settings.address.port), serverName: nil, backlog: 1024),
            onServerRunning: { channel in
                await ConnectionLimits.pauseWithoutFiles(channel, logger: logger)
                let port = channel.localAddress?.port ?? settings.address.port
                var address = settings.address
                address.port = port
                say("Torg listens on http://\(address)")
            }, logger: logger)
        // They stop in the opposite order: when the requests are answered, what these have set going.
        let services: [any Service] = noJobs ? [app] : [BackgroundJobs(installation: installation), app]
        do {
            try await ServiceGroup(stoppedBySignals: services).run()
        } catch {
            await installation.close()
            throw Failure.refused("cannot serve on \(settings.address): \(error)")
        }
        await installation.close()
    }
}

extension Logger {
    /// A library's log: only what somebody has to look at.
    static func quiet(_ label: String) -> Logger {
        var logger = Logger(label: label)
        logger.logLevel = .warning
        return logger
    }
}
