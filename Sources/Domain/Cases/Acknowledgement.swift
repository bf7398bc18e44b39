import Foundation

extension Case {
    /// "I have it" (R4.1). Who acknowledges becomes the responsible performer (R3.6).
    public mutating func acknowledge(by user: ID<User>, at now: Instant) throws(CaseRefusal) -> CaseEvent {
        guard state == .closed || acknowledgedAt == nil else { throw .alreadyAcknowledged }
        try step(.acknowledge)
        acknowledgedAt = now
        handler = user
        return event(.acknowledged) { $0.handler = user }
    }
}
