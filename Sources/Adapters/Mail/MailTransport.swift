import Foundation

/// The way mails leave: a closure, so that tests put their own in its place.
///
/// ``send(_:id:handingOver:)`` may be called from any task at once. The work blocks, for minutes when a mail server is
/// slow, so each mail has a thread of its own while it is sent and no thread of the concurrency pool waits for it. How
/// many are sent at a time is up to the caller. Cancelling the task does not stop a mail: its outcome would be lost.
public struct MailTransport: Sendable {
    /// Records durably that the mail is about to leave; a throw stops it.
    public typealias HandingOver = @Sendable () async throws -> Void

    /// The work behind ``send(_:id:handingOver:)``.
    public typealias Deliver =
        @Sendable (_ message: MailMessage, _ id: String, _ handingOver: @escaping HandingOver) async throws -> Void

    private let deliver: Deliver

    public init(deliver: @escaping Deliver) {
        self.deliver = deliver
    }

    /// Sends one mail. When it returns, the receiving side has taken responsibility for it.
    ///
    /// - Parameters:
    ///   - id: names this mail among all that are sent, the same at each attempt: 1 to 100 letters, digits, `-`, `_`
    ///     and inner dots.
    ///   - handingOver: called exactly once, just before the first byte of the body leaves, and not at all when it does
    ///     not come so far. Before, an attempt that ends in any way, a crash too, is safe to repeat; from then on only
    ///     the outcome tells. A throw aborts the attempt, and nothing is sent.
    /// - Throws: ``DeliveryError``, or what `handingOver` threw.
    public func send(_ message: MailMessage, id: String, handingOver: @escaping HandingOver = {}) async throws {
        try await deliver(message, id, handingOver)
    }
}

/// How an attempt to send a mail failed. The explanation is in English, for the operator; it holds no password.
public enum DeliveryError: Error, Equatable, Sendable {
    /// It was not delivered, and another attempt may go better. `code` is the server's reply (RFC 5321), if any.
    case temporary(code: Int?, explanation: String)
    /// It was not delivered, and the same mail never will be.
    case permanent(code: Int?, explanation: String)
    /// The whole mail left but no final answer came: it may have been delivered, and another attempt could be a
    /// second mail.
    case uncertain(explanation: String)
}
