/// A list that watches the chain, for those who answer for it (R4.6).
public enum FollowUpReport: String, CaseIterable, Hashable, Sendable, Codable {
    /// All open cases: to the contact centre, each working day.
    case open
    /// Past the first-answer deadline, or without measures: to the contact centre and the leaders, each week.
    case overdue
    /// All that is outstanding in a leader's units: to the leader, each month.
    case leader

    /// The day on which the report of the period that holds `day` is due: the day itself, else the first working day of
    /// its week (from Monday) or month.
    ///
    /// - Returns: nil when that day is still to come, or the period has no working day.
    public func dueDay(on day: CivilDay, in calendar: WorkingCalendar) -> CivilDay? {
        var next: CivilDay
        switch self {
        case .open: next = day
        case .overdue: next = day - (day.weekday.rawValue - 1)
        case .leader: next = day - (day.day - 1)
        }
        while next <= day {
            if calendar.isWorkingDay(next) { return next }
            next = next + 1
        }
        return nil
    }
}

/// What an open case lacks although its time has come (R4.6).
public enum Shortcoming: String, CaseIterable, Hashable, Sendable {
    /// The citizen has not heard from us in time.
    case firstAnswerLate = "first_answer_late"
    /// Open longer than the first answer may take, and no corrective or preventive measure is decided.
    case measuresMissing = "measures_missing"
    /// It is closed, and nobody has told the citizen in time.
    case notTold = "not_told"
}

extension Case {
    /// What the case lacks. While the citizen has been asked, the clocks stand still, and it lacks nothing. Of a closed one
    /// the citizen may not have been told.
    ///
    /// - Parameters:
    ///   - deadline: when the citizen is to have heard from us (R4.4), whether or not they have.
    ///   - hasMeasures: whether any measure is written down, done or not.
    ///   - isLate: whether any deadline has passed.
    public func shortcomings(
        firstAnswerDue deadline: Instant, hasMeasures: Bool, isLate: Bool, at now: Instant
    ) -> [Shortcoming] {
        guard state.isOpen else { return untoldSince != nil && isLate ? [.notTold] : [] }
        guard askedAt == nil, deadline < now else { return [] }
        return (clocks.feedbackAt == nil ? [.firstAnswerLate] : []) + (hasMeasures ? [] : [.measuresMissing])
    }
}
