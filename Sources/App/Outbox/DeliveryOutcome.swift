import Adapters
import Database
import Domain

/// How an attempt to send a mail ended.
enum DeliveryOutcome: Sendable {
    case sent
    /// Tried again after a pause.
    case waiting(milliseconds: Int64, fault: String)
    case failed(String)
    case uncertain(String)

    /// The pauses add up to about two days; then the mail has failed.
    static let greatestAttempts = 20

    init(_ error: DeliveryError, attempts: Int) {
        switch error {
        case .temporary(_, let explanation): self = .later(explanation, attempts: attempts)
        case .permanent(_, let explanation): self = .failed(explanation)
        case .uncertain(let explanation): self = .uncertain(explanation)
        }
    }

    static func later(_ fault: String, attempts: Int) -> DeliveryOutcome {
        guard attempts < greatestAttempts else { return .failed(fault) }
        let pause = pause(after: attempts)
        // Up to a fifth more, so that what failed together does not come back together.
        return .waiting(milliseconds: pause + .random(in: 0...pause / 5), fault: fault)
    }

    /// Milliseconds that the next attempt lies ahead at most.
    static let longestPause: Int64 = greatestPause + greatestPause / 5
    private static let greatestPause: Int64 = 4 * 3_600_000

    /// Milliseconds: one minute, doubled with each attempt, four hours at most.
    static func pause(after attempts: Int) -> Int64 {
        min(60_000 << Int64(min(max(attempts, 1), 16) - 1), greatestPause)
    }

    /// Stored only as long as the mail is still in the hands of this attempt.
    func store(_ mail: OutboxMessage, in op: Operation) throws {
        let change: SQL =
            switch self {
            case .sent: "state = 'sent', sent_at = \(op.now), fault = NULL"
            case .waiting(let pause, let fault):
                "state = 'waiting', next_attempt_at = \(op.now.adding(milliseconds: pause)), fault = \(fault)"
            case .failed(let fault): "state = 'failed', fault = \(fault)"
            case .uncertain(let fault): "state = 'uncertain', fault = \(fault)"
            }
        try op.tx.send(
            """
            UPDATE outbox SET \(change), lease_until = NULL
            WHERE municipality = \(op.tenant) AND id = \(mail.id) AND attempts = \(mail.attempts)
                AND state IN ('sending', 'handed_over')
            """)
    }
}
