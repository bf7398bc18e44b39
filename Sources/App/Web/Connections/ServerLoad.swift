import Logging
import NIOCore
import Synchronization

/// What all connections of this process take together.
final class ServerLoad: Sendable {
    private let connections = Atomic(0)
    private let bodies = Atomic(0)
    private let limits: ConnectionLimits
    private let fullLog: SeldomLog

    init(_ limits: ConnectionLimits, logger: Logger) {
        self.limits = limits
        fullLog = SeldomLog(logger)
    }

    enum Place {
        case free
        /// To be told that there is none.
        case none
        /// Not even to be told: telling takes a moment, and so many are being told already.
        case notEvenToTell
    }

    /// Counts a connection until it is closed.
    func come(_ channel: any Channel) -> Place {
        let count = connections.add(1, ordering: .relaxed).newValue
        channel.closeFuture.whenComplete { _ in self.connections.subtract(1, ordering: .relaxed) }
        guard count > limits.connections else { return .free }
        fullLog.warning("as many connections as may be; others are told to come again later")
        return count > limits.connections + Self.toldAtOnce ? .notEvenToTell : .none
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
