import Foundation

extension Case {
    /// Keeps what the citizen is told, and marks that they have heard it if they have (R4.1). Not the same as solved: the
    /// state stays.
    ///
    /// - Parameters:
    ///   - contractor: who tells them; nil for the municipality.
    ///   - isSent: whether messages go out.
    public mutating func giveFeedback(
        _ message: String, by contractor: ID<Contractor>? = nil, isSent: Bool = true, told: Told, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        try step(.giveFeedback)
        note(told, of: .feedback, at: now)
        return event(
            .feedbackGiven(.init(message: message, contractor: contractor, isSent: isSent ? nil : false)), told: told)
    }

    /// A note between colleagues. It tells the citizen nothing and stops no clock.
    ///
    /// - Parameter contractor: who does not have the case any more, and had something to tell all the same.
    public mutating func note(
        _ note: String, by contractor: ID<Contractor>? = nil
    ) throws(CaseRefusal) -> CaseEvent {
        try step(.note)
        return event(.noted(.init(note: note, contractor: contractor)))
    }

    /// Ties the case to a deviation in the quality system (R5.3).
    public mutating func linkDeviation(_ reference: String) throws(CaseRefusal) -> CaseEvent {
        try step(.linkDeviation)
        deviation = reference
        return event(.deviationLinked(.init(reference: reference)))
    }

    /// Somebody's name or how to reach them was put right. The history tells that, and not what it was or is.
    public mutating func correctContact(_ contact: ID<Contact>) throws(CaseRefusal) -> CaseEvent {
        try step(.correctContact)
        return event(.contactCorrected(.init(contact: contact)))
    }

    /// Somebody whose contact was joined from outside is a reporter.
    public mutating func confirmReporter(_ contact: ID<Contact>) throws(CaseRefusal) -> CaseEvent {
        try step(.correctContact)
        return event(.reporterConfirmed(.init(contact: contact)))
    }

    /// A reporter says whether to tell them of every step. The case itself stays as it is; the history tells that it was
    /// said, and not who they are.
    public func updatesChosen(_ wanted: Bool, by contact: ID<Contact>) -> CaseEvent {
        event(wanted ? .updatesWanted(.init(contact: contact)) : .updatesStopped(.init(contact: contact)))
    }

    /// A word was agreed with a reporter, by which they open the case. The case itself stays as it is.
    public func wordAgreed(with contact: ID<Contact>) -> CaseEvent {
        event(.wordAgreed(.init(contact: contact)))
    }

    /// One more contact about the same matter. What it tells is protected as if it had opened a case of its own: the
    /// case gets its marks, and its place where none was known.
    ///
    /// A case that becomes confidential is passed on anew, because from then on only its unit sees it; one that becomes
    /// acute has to be acknowledged anew. A closed one stays closed.
    ///
    /// - Parameters:
    ///   - isAnswered: what it asks was answered at once.
    ///   - isKept: whether whoever joins it may not read the case as it is then.
    public mutating func join(
        _ contact: ID<Contact>, adding marks: Marks = Marks(), place: Place? = nil, isAnswered: Bool = false,
        isKept: (Case) -> Bool = { _ in false }, calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        let added = added(by: marks)
        if added.isConfidential && state.isOpen {
            try passAnew(in: calendar, at: now)
        } else if added.isAcute {
            try comeToFront(in: calendar, at: now)
        } else {
            try step(.join)
        }
        add(added)
        self.place = self.place ?? place
        return event(
            .joined(
                .init(
                    contact: contact, marks: added.names, isAnswered: isAnswered ? true : nil,
                    wayIn: isKept(self) ? .held : nil)))
    }
}
