import HTTPTypes
import Hummingbird
import Logging
import Synchronization

@testable import App

/// A server on a free port of this machine, for what goes over real HTTP.
public enum LocalServer {
    /// Answers while `body` runs, which gets the address without a path.
    public static func run<Responder: HTTPResponder>(
        _ responder: Responder, limits: ConnectionLimits = ConnectionLimits(), _ body: (String) async throws -> Void
    ) async throws where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        let (ports, port) = AsyncStream<Int>.makeStream()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let app = Application(
            responder: responder,
            server: .guarded(limits, logger: logger),
            configuration: .init(address: .hostname("127.0.0.1", port: 0), serverName: nil),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            logger: logger)
        let serving = Task {
            defer { port.finish() }
            try await app.runService(gracefulShutdownSignals: [])
        }
        let fault: (any Error)?
        do {
            guard let port = await ports.first(where: { _ in true }) else { throw NoPort() }
            try await body("http://127.0.0.1:\(port)")
            fault = nil
        } catch { fault = error }
        serving.cancel()
        _ = await serving.result
        if let fault { throw fault }
    }

    private struct NoPort: Error {}
}

/// An SMS gateway that takes every message, and remembers what it was given.
public final class LocalGateway: Sendable {
    private let taken = Mutex<[[String: String]]>([])

    public init() {}

    /// The bodies, as JSON objects of texts.
    public var messages: [[String: String]] { taken.withLock { $0 } }

    public var responder: some HTTPResponder<BasicRequestContext> {
        let router = Router()
        router.post("messages") { [self] request, context in
            let message = try await request.decode(as: [String: String].self, context: context)
            taken.withLock { $0.append(message) }
            return HTTPResponse.Status.accepted
        }
        return router.buildResponder()
    }
}
