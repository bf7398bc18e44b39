import HTTPTypes
import Synchronization

/// Requests that this process has answered.
final class RequestCounts: Sendable {
    struct Counts: Sendable {
        /// By the first digit of the status.
        var answered: [Int: Int] = [:]
        var seconds = 0.0
    }

    private let counted = Mutex(Counts())

    var counts: Counts { counted.withLock { $0 } }

    func note(_ status: HTTPResponse.Status, since began: ContinuousClock.Instant) {
        let took = (ContinuousClock.now - began) / .seconds(1)
        counted.withLock {
            $0.answered[status.code / 100, default: 0] += 1
            $0.seconds += took
        }
    }
}
