import NIOCore
import Synchronization

/// The place of one connection.
final class Seat: Sendable {
    /// Tells the connection to end, if nothing has been asked by it in the meantime.
    struct IsNeeded: Sendable {}

    let channel: any Channel
    /// From where it comes; nil where that cannot be told.
    let network: String?
    /// In nanoseconds; 0 when it does not rest.
    private let restsSince = Atomic<UInt64>(0)
    /// Since when it has been sending a request, or since it came, while no request is whole; else 0.
    private let asksSince: Atomic<UInt64>
    private let received = Atomic(0)

    init(_ channel: any Channel, _ network: String?) {
        self.channel = channel
        self.network = network
        asksSince = Atomic(NIODeadline.now().uptimeNanoseconds)
    }

    /// What it asked is answered and the answer taken.
    func rest() {
        asksSince.store(0, ordering: .relaxed)
        restsSince.store(NIODeadline.now().uptimeNanoseconds, ordering: .relaxed)
    }

    /// A request, or its body, begins to come.
    func ask() {
        restsSince.store(0, ordering: .relaxed)
        received.store(0, ordering: .relaxed)
        asksSince.store(NIODeadline.now().uptimeNanoseconds, ordering: .relaxed)
    }

    /// A whole request is being answered, or the answer taken.
    func work() {
        restsSince.store(0, ordering: .relaxed)
        asksSince.store(0, ordering: .relaxed)
    }

    func receive(_ bytes: Int) { received.add(bytes, ordering: .relaxed) }

    /// What its place is worth to whoever has it: the least goes first.
    enum Worth: Comparable {
        /// Answered, and silent since then: a browser opens another when it needs one, and nobody notices.
        case resting(since: UInt64)
        /// Sends its request with so many bytes a second, or has sent nothing yet. Slow ones first: a person's form comes
        /// at once, or as fast as the line lets it.
        case sending(rate: Double, since: UInt64)
        /// Answered just now: the next request may be on its way.
        case answered(since: UInt64)
    }

    /// So long it takes for what has been sent to arrive. In nanoseconds.
    private static let moment: UInt64 = 1_000_000_000

    /// Nil when it is at work, or has come just now.
    func worth(at now: UInt64) -> Worth? {
        let rests = restsSince.load(ordering: .relaxed)
        if rests != 0 { return now < rests + Self.moment ? .answered(since: rests) : .resting(since: rests) }
        let asks = asksSince.load(ordering: .relaxed)
        guard asks != 0, now >= asks + Self.moment else { return nil }
        let rate = Double(received.load(ordering: .relaxed)) / Double(now - asks)
        return .sending(rate: rate, since: asks)
    }

    /// False when it is at work again, or somebody else has claimed it.
    func claim() -> Bool {
        let rested = restsSince.exchange(0, ordering: .relaxed) != 0
        let asked = asksSince.exchange(0, ordering: .relaxed) != 0
        return rested || asked
    }
}
