import NIOCore
import NIOHTTP1

/// The end of a connection that is nearest to the client: sees every byte, keeps the time, and closes.
///
/// A refused request, and whoever has had the last answer, is closed as TCP wants it: Torg says that it writes no more,
/// reads on for a while and throws away what comes. A socket that is closed while something unread lies in it is reset,
/// and the client loses the answer.
final class Wire: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    enum Phase {
        /// Before the first byte of a request.
        case idle
        case head
        case body
        /// A whole request has come; the answer is Torg's to give.
        case answering
        /// The last answer is given.
        case over
    }

    let limits: ConnectionLimits
    private let text: RefusalText.Source
    /// Nil when there is no place for this connection; it is only told so.
    let seat: Seat?
    var context: ChannelHandlerContext?
    var phase = Phase.idle
    var began = NIODeadline.now()
    /// When the phase must have ended; nil while it is Torg that takes the time.
    var deadline: NIODeadline?
    var timer: (at: NIODeadline, task: Scheduled<Void>)?
    /// Bytes of the request line so far; nil when it has ended.
    private var line: Int?
    /// The request line began with an address of the API.
    private var isAPI = false
    var received = 0
    var receivedBefore = 0
    var written = 0
    /// What the client had taken when the time for it began, and when it ends; nil when nothing is left to take.
    var taking: (before: Int, until: NIODeadline)?
    private var isInputClosed = false
    private var isOutputClosed = false
    var isStopping = false

    /// - Parameter seat: nil when there is no place for this connection.
    init(_ limits: ConnectionLimits, text: @escaping RefusalText.Source, seat: Seat? = nil) {
        self.limits = limits
        self.text = text
        self.seat = seat
    }

    var turnsAway: Bool { seat == nil }
    var isOver: Bool { phase == .over }
    /// The request line has not ended: if the head is too large, that is why.
    var isInLine: Bool { phase == .head && line != nil }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        arm(.now() + (turnsAway ? .milliseconds(500) : limits.head))
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.task.cancel()
        timer = nil
        self.context = nil
    }

    // MARK: What comes

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Self.unwrapInboundIn(data)
        received += bytes.readableBytes
        seat?.receive(bytes.readableBytes)
        switch phase {
        case .over: return
        case .idle where turnsAway: return refuse(.busy)
        case .idle:
            phase = .head
            seat?.ask()
            seat?.receive(bytes.readableBytes)
            began = .now()
            deadline = nil
            line = 0
            isAPI = Self.asksForAPI(bytes)
        case .head, .body, .answering: break
        }
        if phase == .head, let length = line {
            if let end = bytes.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
                line = length + end > limits.target + Self.besideTarget ? length + end : nil
            } else {
                line = length + bytes.readableBytes
            }
            if let line, line > limits.target + Self.besideTarget { return refuse(.targetTooLong) }
        }
        context.fireChannelRead(data)
    }

    private static func asksForAPI(_ bytes: ByteBuffer) -> Bool {
        let line = bytes.readableBytesView.prefix(24)
        return line.drop { $0 != UInt8(ascii: " ") }.starts(with: " /api/".utf8)
    }

    /// Method, version and the spaces between.
    private static let besideTarget = 40

    /// The timers are set here, when all that has come is understood: a request that comes at once needs none.
    func channelReadComplete(context: ChannelHandlerContext) {
        switch phase {
        case .head where deadline == nil: arm(began + limits.head)
        case .body where deadline == nil: armBody()
        case .over:
            if isOutputClosed { linger() }
            context.read()
        case .idle, .head, .body, .answering: break
        }
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            isInputClosed = true
            switch phase {
            case .idle: return finish()
            case .over: return isOutputClosed ? context.close(promise: nil) : ()
            case .head, .body, .answering: break
            }
        case is ChannelShouldQuiesceEvent:
            isStopping = true
            if phase == .over || turnsAway { return context.close(promise: nil) }
            // A stop does not wait for those who are slow.
            if phase == .body { arm(.now() + min(limits.body, Self.stopping)) }
        case is Seat.IsNeeded:
            return giveUp(context)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    private static let stopping = TimeAmount.seconds(10)

    // MARK: Where the request stands

    func bodyBegins() {
        phase = .body
        seat?.ask()
        began = .now()
        deadline = nil
        receivedBefore = received
    }

    func requestIsWhole() {
        phase = .answering
        seat?.work()
        deadline = nil
    }

    /// An answer is given, and another request may come.
    func awaitNext() {
        guard phase != .over else { return }
        phase = .idle
        if taking == nil { seat?.rest() }
        arm(.now() + limits.idle)
    }

    /// `Expect: 100-continue`
    func sayContinue() {
        let line = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
        written += line.readableBytes
        context?.writeAndFlush(Self.wrapOutboundOut(.byteBuffer(line)), promise: nil)
    }

    // MARK: The end

    /// Somebody else needs the place. Whoever was sending is told so, as far as that goes without waiting.
    private func giveUp(_ context: ChannelHandlerContext) {
        switch phase {
        case .idle: break
        case .head, .body: refuse(.busy)
        case .answering, .over: return
        }
        context.close(promise: nil)
    }

    /// Answers instead of Torg, and ends the connection.
    func refuse(_ fault: RequestFault) {
        guard phase != .over, let context else { return }
        let said = text(fault.status, isAPI)
        let reason = HTTPResponseStatus(statusCode: fault.status).reasonPhrase
        let again = fault.retryAfter.map { "Retry-After: \($0)\r\n" } ?? ""
        let answer = """
            HTTP/1.1 \(fault.status) \(reason)\r
            Content-Type: \(said.type)\r
            Content-Length: \(said.body.utf8.count)\r
            \(again)Cache-Control: no-store\r
            X-Content-Type-Options: nosniff\r
            Connection: close\r
            \r
            \(said.body)
            """
        let bytes = ByteBuffer(string: answer)
        written += bytes.readableBytes
        context.writeAndFlush(Self.wrapOutboundOut(.byteBuffer(bytes)), promise: nil)
        finish()
    }

    /// The last answer is written.
    func finish() {
        guard phase != .over, let context else { return }
        phase = .over
        seat?.work()
        began = .now()
        deadline = nil
        noteUntaken(context)
        // What is written goes out first.
        context.close(mode: .output).assumeIsolated().whenComplete { _ in
            self.isOutputClosed = true
            if self.isInputClosed { self.context?.close(promise: nil) } else { self.linger() }
        }
        context.read()
    }

    private func linger() {
        let most = turnsAway || isStopping ? TimeAmount.seconds(1) : limits.lingering
        arm(min(.now() + limits.silence, began + most))
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        finish()
        promise?.succeed()
    }

    // MARK: What goes

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard phase != .over else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        written += Self.unwrapOutboundIn(data).readableBytes
        context.write(data, promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        noteUntaken(context)
    }

    private func noteUntaken(_ context: ChannelHandlerContext) {
        guard taking == nil else { return }
        let left = untaken(context)
        guard left > 0 else { return }
        let until = NIODeadline.now() + limits.answer
        seat?.work()
        taking = (written - left, until)
        wake(at: until)
    }

    func untaken(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}
