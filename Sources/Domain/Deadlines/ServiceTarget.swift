/// How many working days something may take.
public struct ServiceTarget: Hashable, Sendable, Codable {
    public var workingDays: Int
    /// For what came in during a holiday period.
    public var inHolidayPeriod: Int

    public init(_ workingDays: Int, inHolidayPeriod: Int? = nil) {
        self.workingDays = workingDays
        self.inHolidayPeriod = inHolidayPeriod ?? workingDays
    }

    /// The number that applies to what came in at `instant`. The period it came in decides, not the one it is due in.
    public func workingDays(for instant: Instant, in calendar: WorkingCalendar) -> Int {
        calendar.isHolidayPeriod(calendar.timeZone.day(of: instant)) ? inHolidayPeriod : workingDays
    }

    /// - Parameter paused: working days, 0 or more, during which the clock stood still.
    public func due(after instant: Instant, in calendar: WorkingCalendar, paused: Int = 0) -> Instant {
        let (days, overflow) = workingDays(for: instant, in: calendar).addingReportingOverflow(paused)
        return calendar.due(workingDays: overflow ? .max : days, after: instant)
    }
}

/// What the first answer to a contact is measured by.
public enum FirstAnswer: String, CaseIterable, Sendable, Codable {
    /// A report: the citizen hears from the unit that has it.
    case feedback
    /// Somebody was sought on the telephone: calls back.
    case callBack = "call_back"
    /// A complaint: answered.
    case complaintAnswer = "complaint_answer"
}

/// The targets of a municipality, in working days.
public struct ServiceTargets: Hashable, Sendable, Codable {
    /// The receiver says "I have it".
    public var acknowledge = ServiceTarget(1)
    /// R4.4 (M).
    public var feedback = ServiceTarget(3, inHolidayPeriod: 5)
    /// R4.4 (Ö).
    public var callBack = ServiceTarget(2)
    /// R4.4.
    public var complaint = ServiceTarget(5)
    public var close = ServiceTarget(20)
    /// When a citizen who was asked something is reminded.
    public var remindCitizen = ServiceTarget(5)
    /// The first answer to what came in on a channel, where it differs: R4.4 (Ö) has five days for letters and e-mail.
    public var byChannel: [Contact.Channel: ServiceTarget] = [:]
    /// Working days after a missed deadline on which the leader is told (R4.2).
    public var escalateAfter = 2

    public init() {}

    public func target(for answer: FirstAnswer) -> ServiceTarget {
        switch answer {
        case .feedback: feedback
        case .callBack: callBack
        case .complaintAnswer: complaint
        }
    }

    /// The same targets with what holds for a channel.
    public func on(_ channel: Contact.Channel?) -> ServiceTargets {
        var targets = self
        if let target = channel.flatMap({ byChannel[$0] }) { targets.feedback = target }
        return targets
    }

    /// The same targets with what a category or unit sets otherwise.
    public func overridden(by override: TargetOverride) -> ServiceTargets {
        var targets = self
        if let days = override.acknowledge { targets.acknowledge = ServiceTarget(days) }
        if let days = override.close { targets.close = ServiceTarget(days) }
        if let days = override.feedback {
            // Holidays never shorten a time: a category that needs ten days needs them in summer as well.
            targets.feedback = ServiceTarget(days, inHolidayPeriod: max(days, feedback.inHolidayPeriod))
        }
        if let days = override.feedbackInHolidayPeriod { targets.feedback.inHolidayPeriod = days }
        return targets
    }

    /// The same targets with what a category sets otherwise. Its time for feedback is that of the first answer: where
    /// what comes in is a complaint, of the answer to it.
    public func overridden(by category: Category) -> ServiceTargets {
        overridden(by: category.targets, isComplaint: category.isComplaint)
    }

    func overridden(by own: TargetOverride, isComplaint: Bool) -> ServiceTargets {
        guard isComplaint else { return overridden(by: own) }
        var answering = self
        answering.feedback = complaint
        var targets = overridden(by: own)
        targets.complaint = answering.overridden(by: own).feedback
        return targets
    }
}

/// What a category or unit sets for itself, in working days; nil keeps the municipality's target.
public struct TargetOverride: Hashable, Sendable, Codable {
    public var acknowledge: Int?
    public var feedback: Int?
    public var feedbackInHolidayPeriod: Int?
    public var close: Int?

    public init(
        acknowledge: Int? = nil, feedback: Int? = nil, feedbackInHolidayPeriod: Int? = nil, close: Int? = nil
    ) {
        self.acknowledge = acknowledge
        self.feedback = feedback
        self.feedbackInHolidayPeriod = feedbackInHolidayPeriod
        self.close = close
    }
}
