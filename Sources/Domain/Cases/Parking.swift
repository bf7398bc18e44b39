import Foundation

extension Case {
    /// Puts the case aside until a promised time, which is watched (R3.3).
    public mutating func park(
        until: Instant, reason: String, calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        guard state == .closed || until > now else { throw .untilPassed }
        try step(.park, at: now, in: calendar)
        parkedUntil = until
        return event(.parked(.init(until: until, reason: reason)))
    }

    public mutating func unpark() throws(CaseRefusal) -> CaseEvent {
        try step(.unpark)
        return event(.unparked)
    }

    /// Waits for the citizen's answer to `message`. Whoever reported something and was asked has thereby heard from us; a
    /// complaint is not answered by a question, nor is anybody called back (R4.4). A question that nobody has heard stops
    /// no clock.
    public mutating func awaitCitizen(
        _ message: String, told: Told, calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        try step(.awaitCitizen, at: now, in: calendar)
        waitingSince = now
        note(told, of: .question, at: now)
        return event(.waiting(.init(message: message)), told: told)
    }

    /// The citizen has answered, or we no longer wait. The clocks go on where they stood still.
    ///
    /// - Parameter answer: the citizen's own, and the contact whose link it came by.
    public mutating func resume(
        note: String?, answer: (contact: ID<Contact>, text: String)? = nil, calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        try step(.resume, at: now, in: calendar)
        return event(.waitingEnded(.init(note: note, contact: answer?.contact, message: answer?.text)))
    }
}
