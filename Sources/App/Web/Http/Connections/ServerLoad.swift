import Logging
import NIOCore
import Synchronization

/// What all connections of this process take together.
final class ServerLoad: Sendable {
    private let connections = Atomic(0)
    private let bodies = Atomic(0)
    private let limits: ConnectionLimits
    private let fullLog: SeldomLog
    private let seats = Mutex(Seats())

    /// Those that have a place, and how many of each network: behind a reverse proxy nobody can tell.
    private struct Seats {
        var taken: [ObjectIdentifier: Seat] = [:]
        var ofNetwork: [String: Int] = [:]
    }

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
        let network = ClientAddress(peer: channel.remoteAddress?.ipAddress, forwarded: []).networkFromElsewhere
        let ofNetwork = network.map { network in seats.withLock { $0.ofNetwork[network] ?? 0 } } ?? 0
        let hasPlace =
            ofNetwork >= limits.mostOfNetwork
            ? giveUpOne(of: network) : count <= limits.connections || giveUpOne(of: nil)
        if hasPlace { return .free(seat(for: channel, network)) }
        fullLog.warning("as many connections as may be; others are told to come again later")
        return count > limits.connections + Self.toldAtOnce ? .notEvenToTell : .none
    }

    private func seat(for channel: any Channel, _ network: String?) -> Seat {
        let seat = Seat(channel, network)
        seats.withLock { seats in
            seats.taken[ObjectIdentifier(seat)] = seat
            if let network { seats.ofNetwork[network, default: 0] += 1 }
        }
        channel.closeFuture.whenComplete { _ in
            self.seats.withLock { seats in
                seats.taken[ObjectIdentifier(seat)] = nil
                guard let network, let count = seats.ofNetwork[network] else { return }
                seats.ofNetwork[network] = count > 1 ? count - 1 : nil
            }
        }
        return seat
    }

    /// Whoever comes new has something to ask. So nobody keeps the others out by keeping connections, whether they say
    /// nothing or send what never ends: the place goes of whom it costs least.
    ///
    /// - Parameter network: of which one must go; nil for any.
    /// - Returns: false when all are at work, or have just begun.
    private func giveUpOne(of network: String?) -> Bool {
        let now = NIODeadline.now().uptimeNanoseconds
        let found = seats.withLock { seats in
            seats.taken.values.lazy.filter { network == nil || $0.network == network }
                .compactMap { seat in seat.worth(at: now).map { (seat, $0) } }.min { $0.1 < $1.1 }?.0
        }
        guard let found, found.claim() else { return false }
        fullLog.warning("all places are taken; connections that ask nothing, or too slowly, are closed for others")
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
