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
        return .waiting(milliseconds: BackOff.scattered(after: attempts), fault: fault)
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
