import App
import Logging
import ServiceLifecycle

/// The jobs, until the process is told to stop: what has begun is finished first.
struct BackgroundJobs: Service {
    let installation: Installation

    func run() async { await cancelWhenGracefulShutdown { await installation.runJobs() } }
}

extension ServiceGroup {
    /// Runs what a process does until SIGTERM or SIGINT, and stops it in the opposite order.
    init(stoppedBySignals services: [any Service]) {
        self.init(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: .quiet("torg.services"))
    }
}
