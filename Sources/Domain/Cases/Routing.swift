import Foundation

extension Case {
    /// Passes the case to a unit, and perhaps to one person in it (R3.1, R3.4). The receiver has to acknowledge anew.
    public mutating func passOn(
        to unit: ID<Unit>, handler: ID<User>?, note: String?, calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        try step(.passOn, at: now, in: calendar)
        self.unit = unit
        self.handler = handler
        acknowledgedAt = nil
        passedAt = now
        return event(.routed) {
            $0.unit = unit
            $0.handler = handler
            $0.note = note
        }
    }

    /// Changes what the case is about (R3.4). A new unit gets it passed on; within the same unit nothing else changes.
    ///
    /// - Parameter isConfidential: whether cases of this category are. One that becomes so is passed on anew, because
    ///   from then on only its unit sees it; it does not become open again by itself.
    public mutating func recode(
        to category: ID<Category>, unit: ID<Unit>, isConfidential: Bool = false, note: String?,
        calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        let before = self.category
        if (unit != self.unit && state != .new) || (isConfidential && !self.isConfidential) {
            try step(.passOn, at: now, in: calendar)
            handler = nil
            acknowledgedAt = nil
            passedAt = now
        } else {
            try step(.recode)
        }
        self.category = category
        self.unit = unit
        if isConfidential { self.isConfidential = true }
        return event(.recoded) {
            $0.category = category
            $0.categoryBefore = before
            $0.unit = unit
            $0.note = note
        }
    }

    /// Names the responsible performer (R3.6).
    public mutating func assign(_ handler: ID<User>, at now: Instant) throws(CaseRefusal) -> CaseEvent {
        if state == .new { passedAt = now }
        try step(.assign)
        // Put aside before anybody had it: it comes back to the one who has it now.
        if stateBefore == .new {
            stateBefore = .passedOn
            passedAt = now
        }
        self.handler = handler
        return event(.performerChanged) { $0.handler = handler }
    }

    /// Puts the case in front of the unit at once (R1.10), or takes that back.
    public mutating func markAcute(_ isAcute: Bool, reason: String?) throws(CaseRefusal) -> CaseEvent {
        try step(.markAcute)
        self.isAcute = isAcute
        return event(.markedAcute) {
            $0.what = isAcute ? "acute" : "not_acute"
            $0.reason = reason
        }
    }
}
