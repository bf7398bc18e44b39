import Foundation

/// A case that a contractor works on. It stays with its unit and its responsible handler, stays open, and its clocks
/// go on until the citizen has an answer (R3.2, R4.1).
extension Case {
    /// Passes the case to a contractor, who has to acknowledge it.
    ///
    /// - Parameters:
    ///   - unit: to which it is passed at the same time; else it stays where it is.
    ///   - handler: the responsible handler; else the present one, unless the unit changes.
    public mutating func passOn(
        to contractor: ID<Contractor>, unit: ID<Unit>? = nil, handler: ID<User>? = nil, note: String?,
        calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        // Outside the municipality there is no duty of secrecy that Torg could know of.
        if isConfidential && state.isOpen { throw .contractorConfidential }
        try step(.passToContractor, at: now, in: calendar)
        if let unit, unit != self.unit {
            self.unit = unit
            self.handler = nil
        }
        self.handler = handler ?? self.handler
        self.contractor = contractor
        contractorAskedAt = nil
        acknowledgedAt = nil
        passedAt = now
        return event(.routed(.init(unit: self.unit, handler: handler, contractor: contractor, note: note)))
    }

    /// The contractor has it. The handler stays responsible.
    public mutating func acknowledgeAsContractor(
        calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        let contractor = try requireContractor()
        guard acknowledgedAt == nil else { throw .alreadyAcknowledged }
        try step(.acknowledge, at: now, in: calendar)
        acknowledgedAt = now
        return event(.acknowledged(.init(contractor: contractor)))
    }

    /// The contractor asks the handler something. No clock stops, and one more runs until they are answered.
    public mutating func ask(_ message: String, at now: Instant) throws(CaseRefusal) -> CaseEvent {
        let contractor = try requireContractor()
        try step(.askHandler)
        contractorAskedAt = contractorAskedAt ?? now
        return event(.contractorAsked(.init(contractor: contractor, message: message)))
    }

    /// The municipality answers the contractor, or tells more.
    public mutating func tellContractor(_ message: String) throws(CaseRefusal) -> CaseEvent {
        let contractor = try requireContractor()
        try step(.tellContractor)
        contractorAskedAt = nil
        return event(.contractorTold(.init(contractor: contractor, message: message)))
    }

    /// The citizen hears from the contractor: the same mark as when a colleague writes.
    public mutating func giveFeedbackAsContractor(
        _ message: String, told: Told, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        let contractor = try requireContractor()
        return try giveFeedback(message, by: contractor, told: told, at: now)
    }

    /// The work is done. The case goes back to its handler, who answers the citizen; while nobody is responsible, its
    /// unit has to acknowledge it anew, so that it lies with somebody.
    ///
    /// - Parameter measure: corrective and carried out; it is recorded with the case.
    public mutating func reportDone(
        _ measure: Measure, calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        let contractor = try requireContractor()
        try step(.reportDone, at: now, in: calendar)
        self.contractor = nil
        acknowledgedAt = acknowledgedAt ?? now
        if handler == nil {
            state = .passedOn
            passedAt = now
            acknowledgedAt = nil
        }
        return event(.contractorDone(.init(contractor: contractor, measure: .init(measure))))
    }

    /// The contractor does not do it: back to the unit, which has to acknowledge it anew.
    public mutating func handBack(
        reason: String, calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        let contractor = try requireContractor()
        try step(.handBack, at: now, in: calendar)
        self.contractor = nil
        acknowledgedAt = nil
        passedAt = now
        return event(.contractorHandedBack(.init(contractor: contractor, unit: unit, reason: reason)))
    }

    /// A new link for the contractor; those before it end.
    public mutating func renewContractorLink() throws(CaseRefusal) -> CaseEvent {
        let contractor = try requireContractor()
        try step(.linkContractor)
        return event(.contractorLinkSent(.init(contractor: contractor)))
    }

    /// The contractor does not see the case any more, and yet has it until it is passed on.
    public mutating func withdrawContractorLink() throws(CaseRefusal) -> CaseEvent {
        let contractor = try requireContractor()
        try step(.linkContractor)
        return event(.contractorLinkWithdrawn(.init(contractor: contractor)))
    }

    private func requireContractor() throws(CaseRefusal) -> ID<Contractor> {
        guard let contractor else { throw state == .closed ? .closed : .notContracted }
        return contractor
    }
}
