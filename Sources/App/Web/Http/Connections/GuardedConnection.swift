import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// One client's connection, from the bytes to Hummingbird's requests, with limits for everything that a client decides.
struct GuardedConnection: HTTPChannelHandler {
    /// What stands between a client and Torg; without parts for a client that is only turned away.
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        let parts: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>?
    }

    let responder: Responder
    let limits: ConnectionLimits
    let load: ServerLoad
    let text: RefusalText.Source

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let value: Value
        switch load.come(channel) {
        case .free(let seat): value = (try? connect(channel, seat)) ?? refused(channel)
        case .none: value = turnedAway(channel)
        case .notEvenToTell: value = refused(channel)
        }
        // Never a failure: the server would end with it.
        return channel.eventLoop.makeSucceededFuture(value)
    }

    private func connect(_ channel: any Channel, _ seat: Seat) throws -> Value {
        var sizes = NIOHTTPDecoderLimitConfiguration()
        sizes.maxHeaderFieldSize = limits.field
        sizes.maxHeaderListSize = limits.fields
        sizes.maxHeaderFieldCount = limits.fieldCount
        let wire = Wire(limits, text: text, seat: seat)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(wire)
        // One request at a time reaches the gate, and none while another is answered.
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: true, withErrorHandling: false, withOutboundHeaderValidation: false,
            withEncoderConfiguration: .init(), withDecoderLimitConfiguration: sizes)
        try pipeline.addHandler(RequestGate(wire, load, limits))
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        let parts = try NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        return Value(channel: channel, parts: parts)
    }

    private func turnedAway(_ channel: any Channel) -> Value {
        do {
            try channel.pipeline.syncOperations.addHandler(Wire(limits, text: text))
            return Value(channel: channel, parts: nil)
        } catch {
            return refused(channel)
        }
    }

    private func refused(_ channel: any Channel) -> Value {
        channel.close(promise: nil)
        return Value(channel: channel, parts: nil)
    }

    func handle(value: Value, logger: Logger) async {
        guard let parts = value.parts else { return }
        await handleHTTP(asyncChannel: parts, logger: logger)
    }
}

extension HTTPServerBuilder {
    /// HTTP/1.1 for clients of every kind.
    ///
    /// - Parameter text: what is said to people with the status of a request that is not even looked at.
    public static func guarded(
        _ limits: ConnectionLimits, logger: Logger, text: @escaping RefusalText.Source = RefusalText.plain
    ) -> HTTPServerBuilder {
        let load = ServerLoad(limits, logger: logger)
        return HTTPServerBuilder { responder in
            GuardedConnection(responder: responder, limits: limits, load: load, text: text)
        }
    }
}
