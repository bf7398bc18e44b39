import Adapters
import Database

/// How the messages of one medium leave. Another medium is another of these, and a line in the table below.
struct Carrier: Sendable {
    /// Records durably that the message leaves: from then on a repeat could be a second one. Called exactly once, as late
    /// as the medium allows; a throw stops the message.
    typealias HandingOver = @Sendable () async throws -> Void

    /// Whether handing over the same message twice makes one thing of it. Where not, one that Torg was stopped at is
    /// uncertain, and never sent again by itself.
    let isRepeatable: @Sendable (Installation) -> Bool

    /// Composes the message and sends it. When it returns, the receiving side has taken responsibility for it. Throws
    /// `DeliveryError`, or what `handingOver` threw.
    let send: @Sendable (_ claim: OutboxClaim, _ handingOver: @escaping HandingOver) async throws -> Void

    static func of(_ medium: OutboxMessage.Medium) -> Carrier {
        switch medium {
        case .mail: .mail
        case .sms: .sms
        }
    }
}
