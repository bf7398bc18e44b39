import Adapters
import Database
import Domain

/// How an attempt to send a message ended.
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

    /// Stored only as long as the message is still in the hands of this attempt, with what follows from it for the case.
    func store(_ message: OutboxMessage, in op: Operation) throws {
        let change: SQL =
            switch self {
            case .sent: "state = 'sent', sent_at = \(op.now), fault = NULL"
            case .waiting(let pause, let fault):
                "state = 'waiting', next_attempt_at = \(op.now.adding(milliseconds: pause)), fault = \(fault)"
            case .failed(let fault): "state = 'failed', fault = \(fault)"
            case .uncertain(let fault): "state = 'uncertain', fault = \(fault)"
            }
        let update: SQL = """
            UPDATE outbox SET \(change), lease_until = NULL
            WHERE municipality = \(op.tenant) AND id = \(message.id) AND attempts = \(message.attempts)
                AND state IN ('sending', 'handed_over')
            """
        // Whether it was still this attempt's has to be known only where something follows from it.
        guard let ending = ending(of: message) else { return try op.tx.send(update) }
        if try op.tx.run(update) > 0 { try op.outbox.note(ending, of: message) }
    }

    /// What the case's history says of it; nil for what goes without saying, and for what is not known yet.
    private func ending(of message: OutboxMessage) -> CaseFact.Message.Outcome? {
        switch self {
        case .sent: message.isMissed ? .delivered : nil
        case .waiting: nil
        case .failed: .failed
        case .uncertain: .uncertain
        }
    }
}
