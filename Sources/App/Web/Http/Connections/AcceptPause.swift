import Logging
import NIOCore

/// On the listening socket: when no connection can be accepted, because the process has no file descriptor left, waits
/// for a second instead of trying again at once for ever, and says so in the log.
final class AcceptPause: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never
    typealias OutboundOut = Never

    private let log: SeldomLog
    private var isPausing = false

    init(_ logger: Logger) { log = SeldomLog(logger) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        log.warning("a connection cannot be accepted", ["error": "\(error)"])
        // Goes no further: the server would take it for its end.
        guard error is IOError, !isPausing else { return }
        isPausing = true
        // NIO would go on at once with the read that failed, for all that its AcceptBackoffHandler does; this ends it.
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
            self.isPausing = false
            try? context.channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }

    func read(context: ChannelHandlerContext) {
        if !isPausing { context.read() }
    }
}

extension ConnectionLimits {
    /// To be called with a server's listening channel.
    public static func pauseWithoutFiles(_ server: any Channel, logger: Logger) async {
        let added = server.eventLoop.submit {
            let pipeline = server.pipeline.syncOperations
            // First come by the errors of accepting, after "AcceptHandler" those of what is done with what was accepted.
            let accepting = try pipeline.context(name: "AcceptHandler").handler
            try pipeline.addHandler(AcceptPause(logger), position: .after(accepting))
            try pipeline.addHandler(AcceptPause(logger), position: .first)
        }
        do { try await added.get() } catch { logger.error("the listening socket is not watched: \(error)") }
    }
}
