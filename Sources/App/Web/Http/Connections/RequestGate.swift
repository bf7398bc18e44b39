import NIOCore
import NIOHTTP1

/// Lets a request in when it has come whole: what breaks off, breaks HTTP or is too slow never reaches Torg.
///
/// What is too large, or coded in a way that Torg does not read, is let in without its body, so that the refusal is
/// a page in the reader's language, or problem JSON; it is the connection's last.
final class RequestGate: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case waiting
        case reading
        /// Torg has it; what comes of it still is thrown away.
        case passed
        /// The last answer is given.
        case closed
    }

    private let wire: Wire
    private let load: ServerLoad
    private let limits: ConnectionLimits
    private var state = State.waiting
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    /// The connection ends with the answer to this request.
    private var isLast = false
    private var held = 0

    init(_ wire: Wire, _ load: ServerLoad, _ limits: ConnectionLimits) {
        self.wire = wire
        self.load = load
        self.limits = limits
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !wire.isOver, state != .closed else { return }
        switch Self.unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let part) where state == .reading: add(part, context)
        case .end where state == .reading: pass(context)
        case .body, .end: break
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        if let fault = RequestFault.of(head, limits) { return refuse(fault) }
        self.head = head
        state = .reading
        // After an upgrade that is not taken the parser reads no further requests.
        isLast =
            head.version != .http1_1 || !head.isKeepAlive || head.headers.contains(name: "upgrade")
            || head.method == .CONNECT
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        guard length <= limits.wholeBodySize, !ContentCoding.isCoded(head.headers["content-encoding"]) else {
            return passWithoutBody(context)
        }
        guard length > 0 || head.headers.contains(name: "transfer-encoding") else { return }
        wire.bodyBegins()
        if head.headers.contains(name: "expect"), head.version == .http1_1 { wire.sayContinue() }
    }

    private func add(_ part: ByteBuffer, _ context: ChannelHandlerContext) {
        let size = body.readableBytes + part.readableBytes
        guard size <= limits.wholeBodySize else {
            head?.headers.remove(name: "transfer-encoding")
            head?.headers.replaceOrAdd(name: "content-length", value: "\(size)")
            return passWithoutBody(context)
        }
        // Room for what has come, not for what is announced.
        body.writeImmutableBuffer(part)
        let more = body.capacity - held
        guard body.capacity > limits.smallBody, more > 0 else { return }
        guard load.reserve(more) else { return refuse(.busy) }
        held += more
    }

    private func pass(_ context: ChannelHandlerContext) {
        guard let head else { return }
        let body = body
        state = .passed
        self.head = nil
        self.body = ByteBuffer()
        wire.requestIsWhole()
        context.fireChannelRead(Self.wrapInboundOut(.head(head)))
        if body.readableBytes > 0 { context.fireChannelRead(Self.wrapInboundOut(.body(body))) }
        context.fireChannelRead(Self.wrapInboundOut(.end(nil)))
    }

    private func passWithoutBody(_ context: ChannelHandlerContext) {
        isLast = true
        body = ByteBuffer()
        pass(context)
    }

    private func refuse(_ fault: RequestFault) {
        release()
        state = .closed
        head = nil
        body = ByteBuffer()
        wire.refuse(fault)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        // What follows the last request is nobody's concern any more.
        guard !wire.isOver, state != .closed, state != .passed || !isLast else { return }
        refuse(error == .headerOverflow && wire.isInLine ? .targetTooLong : .of(error))
    }

    func channelInactive(context: ChannelHandlerContext) {
        release()
        context.fireChannelInactive()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !wire.isOver else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        switch Self.unwrapOutboundIn(data) {
        case .head(var head) where isLast:
            head.headers.replaceOrAdd(name: "connection", value: "close")
            context.write(Self.wrapOutboundOut(.head(head)), promise: promise)
        case .head, .body: context.write(data, promise: promise)
        case .end where isLast:
            release()
            state = .closed
            context.write(data, promise: promise)
            context.flush()
            wire.finish()
        case .end:
            release()
            // Before it is written: the next request may have come already, and follows within that call.
            state = .waiting
            wire.awaitNext()
            context.write(data, promise: promise)
        }
    }

    private func release() {
        guard held > 0 else { return }
        load.release(held)
        held = 0
    }
}
