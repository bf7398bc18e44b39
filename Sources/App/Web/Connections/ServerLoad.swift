import Logging
import NIOCore
import Synchronization

/// What all connections of this process take together.
final class ServerLoad: Sendable {
    private let connections = Atomic(0)
    private let bodies = Atomic(0)
    private let limits: ConnectionLimits
    private let fullLog: SeldomLog
    /// Those that have a place.
    private let seats = Mutex<[ObjectIdentifier: Seat]>([:])

    init(_ limits: ConnectionLimits, logger: Logger) {
        self.limits = limits
        fullLog = SeldomLog(logger)
    }

    enum Place {
        case free(Seat)
        /// To be told that there is none.
        case none
        /// Not even to be told: telling takes a moment, and so many are being told already.
        case notEvenToTell
    }

    /// Counts a connection until it is closed.
    func come(_ channel: any Channel) -> Place {
        let count = connections.add(1, ordering: .relaxed).newValue
        channel.closeFuture.whenComplete { _ in self.connections.subtract(1, ordering: .relaxed) }
        if count <= limits.connections || giveUpTheIdlest() { return .free(seat(for: channel)) }
        fullLog.warning("as many connections as may be; others are told to come again later")
        return count > limits.connections + Self.toldAtOnce ? .notEvenToTell : .none
    }

    private func seat(for channel: any Channel) -> Seat {
        let seat = Seat(channel)
        seats.withLock { $0[ObjectIdentifier(seat)] = seat }
        channel.closeFuture.whenComplete { _ in self.seats.withLock { $0[ObjectIdentifier(seat)] = nil } }
        return seat
    }

    /// Whoever comes new has something to ask, unlike a connection that is only kept open: of these the one goes that has
    /// been silent longest. So nobody keeps the others out by keeping connections.
    ///
    /// - Returns: false when all are at work.
    private func giveUpTheIdlest() -> Bool {
        let found = seats.withLock { seats in
            seats.values.compactMap { seat in seat.idleSince.map { (seat, $0) } }.min { $0.1 < $1.1 }?.0
        }
        guard let found, found.claim() else { return false }
        fullLog.warning("all places are taken; connections that ask nothing are closed for others")
        found.channel.pipeline.fireUserInboundEventTriggered(Seat.IsNeeded())
        return true
    }

    /// Connections beyond the most that are held for the moment it takes to tell them.
    static let toldAtOnce = 50

    /// False when the bodies of all connections together would become too large.
    func reserve(_ bytes: Int) -> Bool {
        let total = bodies.add(bytes, ordering: .relaxed).newValue
        guard total > limits.bodies else { return true }
        release(bytes)
        fullLog.warning("the bodies that are being received take all the memory they may; others wait")
        return false
    }

    func release(_ bytes: Int) { bodies.subtract(bytes, ordering: .relaxed) }
}

/// The place of one connection.
final class Seat: Sendable {
    /// Tells the connection to end, if it still asks nothing.
    struct IsNeeded: Sendable {}

    fileprivate let channel: any Channel
    /// In nanoseconds; 0 while it is at work, and before it has asked anything: then it has little time anyway.
    private let restsSince = Atomic<UInt64>(0)

    fileprivate init(_ channel: any Channel) { self.channel = channel }

    /// What it asked is answered and the answer taken.
    func rest() { restsSince.store(NIODeadline.now().uptimeNanoseconds, ordering: .relaxed) }
    func work() { restsSince.store(0, ordering: .relaxed) }

    fileprivate var idleSince: UInt64? {
        let since = restsSince.load(ordering: .relaxed)
        return since == 0 ? nil : since
    }

    /// False when it is at work again, or somebody else has claimed it.
    fileprivate func claim() -> Bool { restsSince.exchange(0, ordering: .relaxed) != 0 }
}

/// A log for what may happen a thousand times a second: each line once a minute.
final class SeldomLog: Sendable {
    private let logger: Logger
    private let last = Mutex<[String: NIODeadline]>([:])

    init(_ logger: Logger) { self.logger = logger }

    func warning(_ line: String, _ metadata: Logger.Metadata = [:]) {
        let now = NIODeadline.now()
        let isDue = last.withLock { last in
            if let before = last[line], now - before < .minutes(1) { return false }
            last[line] = now
            return true
        }
        if isDue { logger.warning("\(line)", metadata: metadata) }
    }
}
