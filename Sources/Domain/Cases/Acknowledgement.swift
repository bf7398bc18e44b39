import Foundation

extension Case {
    /// "I have it" (R4.1). Who acknowledges becomes the responsible handler (R3.6).
    ///
    /// While a contractor has it, the handler stays who it was.
    /// - Parameter user: nil when another system has it on record that somebody had it, but not who.
    public mutating func acknowledge(
        by user: ID<User>?, calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        guard state == .closed || acknowledgedAt == nil else { throw .alreadyAcknowledged }
        try step(.acknowledge, at: now, in: calendar)
        acknowledgedAt = now
        if let user { handler = contractor == nil ? user : handler ?? user }
        return event(.acknowledged(.init(handler: handler)))
    }
}
