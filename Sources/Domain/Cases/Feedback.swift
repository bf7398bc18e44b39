import Foundation

extension Case {
    /// Keeps what the citizen is told, and marks that they have heard it if they have (R4.1). Not the same as solved: the
    /// state stays.
    public mutating func giveFeedback(
        _ message: String, told: Told, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        try step(.giveFeedback)
        note(told, of: .feedback, at: now)
        return event(.feedbackGiven) {
            $0.message = message
            $0.tell(told)
        }
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

    /// Somebody's name or how to reach them was put right. The history tells that, and not what it was or is.
    public mutating func correctContact(_ contact: ID<Contact>) throws(CaseRefusal) -> CaseEvent {
        try step(.correctContact)
        return event(.contactCorrected) { $0.contact = contact }
    }

    /// Somebody whose contact was joined from outside is a reporter.
    public mutating func confirmReporter(_ contact: ID<Contact>) throws(CaseRefusal) -> CaseEvent {
        try step(.correctContact)
        return event(.reporterConfirmed) { $0.contact = contact }
    }

    /// A reporter says whether to tell them of every step. The case itself stays as it is; the history tells that it was
    /// said, and not who they are.
    public func updatesChosen(_ wanted: Bool, by contact: ID<Contact>) -> CaseEvent {
        event(wanted ? .updatesWanted : .updatesStopped) { $0.contact = contact }
    }

    /// A word was agreed with a reporter, by which they open the case. The case itself stays as it is.
    public func wordAgreed(with contact: ID<Contact>) -> CaseEvent { event(.wordAgreed) { $0.contact = contact } }

    /// One more contact about the same matter. What it tells is protected as if it had opened a case of its own: the
    /// case gets its marks, and its place where none was known.
    ///
    /// A case that becomes confidential is passed on anew, because from then on only its unit sees it; one that becomes
    /// acute has to be acknowledged anew. A closed one stays closed.
    public mutating func join(
        _ contact: ID<Contact>, adding marks: Marks = Marks(), place: Place? = nil, calendar: WorkingCalendar,
        at now: Instant
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
        return event(.joined) {
            $0.contact = contact
            $0.marks = added.names
        }
    }
}
