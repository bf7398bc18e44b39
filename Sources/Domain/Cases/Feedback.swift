import Foundation

extension Case {
    /// Marks that the citizen has heard from us (R4.1). Not the same as solved: the state stays.
    public mutating func giveFeedback(_ message: String, at now: Instant) throws(CaseRefusal) -> CaseEvent {
        try step(.giveFeedback)
        feedbackAt = now
        return event(.feedbackGiven) { $0.message = message }
    }

    /// A note between colleagues. It tells the citizen nothing and stops no clock.
    public mutating func note(_ note: String) throws(CaseRefusal) -> CaseEvent {
        try step(.note)
        return event(.noted) { $0.note = note }
    }

    /// Ties the case to a deviation in the quality system (R5.3).
    public mutating func linkDeviation(_ reference: String) throws(CaseRefusal) -> CaseEvent {
        try step(.linkDeviation)
        deviation = reference
        return event(.deviationLinked) { $0.reference = reference }
    }

    /// One more contact about the same matter.
    public mutating func join(_ contact: ID<Contact>) throws(CaseRefusal) -> CaseEvent {
        try step(.join)
        return event(.joined) { $0.contact = contact }
    }
}
