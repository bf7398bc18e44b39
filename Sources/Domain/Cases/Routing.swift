import Foundation

extension Case {
    /// Passes the case to a unit, and perhaps to one person in it (R3.1, R3.4). The receiver has to acknowledge anew.
    public mutating func passOn(
        to unit: ID<Unit>, handler: ID<User>?, note: String?, calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        try step(.passOn, at: now, in: calendar)
        self.unit = unit
        self.handler = handler
        contractor = nil
        acknowledgedAt = nil
        passedAt = now
        return event(.routed(.init(unit: unit, handler: handler, note: note)))
    }

    /// Changes what the case is about (R3.4). A new unit gets it passed on; within the same unit nothing else changes.
    ///
    /// - Parameters:
    ///   - marks: of the category. A case that becomes confidential is passed on anew, because from then on only its
    ///     unit sees it; it loses no mark by being recoded.
    ///   - goesDirectly: a case that nobody has yet need not be looked at by the contact centre.
    public mutating func recode(
        to category: ID<Category>, unit: ID<Unit>, adding marks: Marks = Marks(), goesDirectly: Bool = false,
        note: String?, calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        let before = self.category
        let added = added(by: marks)
        let isMoved = state == .new ? goesDirectly : unit != self.unit
        if isMoved || added.isConfidential {
            try passAnew(in: calendar, at: now)
        } else if added.isAcute {
            try comeToFront(in: calendar, at: now)
        } else {
            try step(.recode)
        }
        self.category = category
        self.unit = unit
        add(added)
        return event(
            .recoded(
                .init(category: category, categoryBefore: before, unit: unit, note: note, marks: added.names)))
    }

    /// To the unit as a whole, which has to acknowledge it anew: whoever had it may not see it any more.
    mutating func passAnew(in calendar: WorkingCalendar, at now: Instant) throws(CaseRefusal) {
        try step(.passOn, at: now, in: calendar)
        handler = nil
        contractor = nil
        acknowledgedAt = nil
        passedAt = now
    }

    /// What has just become acute waits for nobody, and was taken on or put aside as something less: whoever has it has
    /// to acknowledge it anew, from now on (R1.10). Handler and contractor stay who they were.
    mutating func comeToFront(in calendar: WorkingCalendar, at now: Instant) throws(CaseRefusal) {
        switch (state, stateBefore) {
        case (.parked, .new): try step(.unpark)
        case (.awaitingCitizen, .new): try step(.resume, at: now, in: calendar)
        case (.new, _): try step(.markAcute)
        default: try step(.passOn, at: now, in: calendar)
        }
        // A clock that runs already gets no more time.
        guard acknowledgedAt != nil else { return }
        acknowledgedAt = nil
        passedAt = now
    }

    /// Whether it came to its unit, or to it anew, by what made it so from `before`.
    public func isPassedOn(since before: Case) -> Bool {
        state == .passedOn
            && (before.state == .new || unit != before.unit || (isConfidential && !before.isConfidential))
    }

    /// Names the responsible handler (R3.6).
    public mutating func assign(_ handler: ID<User>, at now: Instant) throws(CaseRefusal) -> CaseEvent {
        if state == .new { passedAt = now }
        try step(.assign)
        // Put aside before anybody had it: it comes back to the one who has it now.
        if stateBefore == .new {
            stateBefore = .passedOn
            passedAt = now
        }
        self.handler = handler
        return event(.performerChanged(.init(handler: handler)))
    }

    /// Puts the case in front of the unit at once (R1.10), or takes that back.
    public mutating func markAcute(
        _ isAcute: Bool, reason: String?, calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        if isAcute && !self.isAcute {
            try comeToFront(in: calendar, at: now)
        } else {
            try step(.markAcute)
        }
        self.isAcute = isAcute
        return event(.markedAcute(.init(what: isAcute ? .acute : .notAcute, reason: reason)))
    }
}
