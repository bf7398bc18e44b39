/// One reminder of one deadline (R4.2). Each is made exactly once: a deadline that moves is another one.
public struct Reminder: Hashable, Sendable {
    /// What is said about a deadline, and when. Always at the opening of the office, so that what falls together comes
    /// in one mail, and never at night or on a closing day.
    public enum Step: String, CaseIterable, Hashable, Sendable, Codable {
        /// In the morning of the day on which it is due.
        case before
        /// It has passed.
        case missed
        /// It has passed some working days ago: `ServiceTargets.escalateAfter`.
        case escalated
    }

    public let kind: DeadlineKind
    public let due: Instant
    public let step: Step

    public init(kind: DeadlineKind, due: Instant, step: Step) {
        self.kind = kind
        self.due = due
        self.step = step
    }
}

/// `acknowledge:1784530000000:missed`
extension Reminder: LosslessStringConvertible {
    public var description: String { "\(kind.rawValue):\(due.milliseconds):\(step.rawValue)" }

    public init?(_ description: String) {
        // By bytes: every case that is read brings its own.
        let parts = description.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard parts.count == 3, let kind = DeadlineKind(rawValue: parts[0]), let due = Int64(parts[1]),
            let step = Step(rawValue: parts[2])
        else { return nil }
        self.init(kind: kind, due: Instant(milliseconds: due), step: step)
    }
}

extension Reminder {
    /// Who is told. Whoever is away is stood in for.
    public enum Recipient: Hashable, Sendable, CaseIterable {
        /// The handler, or the unit's receiver while nobody has it.
        case handler
        case contactCentre
        case leader
    }

    /// The handler and the contact centre, then the leader (R4.2).
    public var recipients: [Recipient] {
        switch step {
        case .before: [.handler]
        case .missed: [.handler, .contactCentre]
        case .escalated: [.handler, .leader]
        }
    }

    /// When it is to be made.
    public func at(_ targets: ServiceTargets, _ calendar: WorkingCalendar) -> Instant {
        let day = calendar.timeZone.day(of: due)
        switch step {
        case .before: return calendar.opening(onOrBefore: day)
        case .missed: return calendar.nextOpening(after: due)
        case .escalated:
            let late = calendar.workingDays(after: day, count: max(1, targets.escalateAfter))
            return late.last.flatMap(calendar.opening(on:)) ?? calendar.nextOpening(after: due)
        }
    }
}

extension Clocks {
    /// All reminders of the deadlines that run, with the time of each. What would remind of a deadline before its clock
    /// even began to run is left out.
    public func reminders(
        of running: [Deadline], _ targets: ServiceTargets, _ calendar: WorkingCalendar
    ) -> [(reminder: Reminder, at: Instant)] {
        running.flatMap { deadline in
            Reminder.Step.allCases.compactMap { step in
                let reminder = Reminder(kind: deadline.kind, due: deadline.at, step: step)
                let at = reminder.at(targets, calendar)
                return at > start(of: deadline.kind) ? (reminder, at) : nil
            }
        }
    }
}

extension Case {
    /// When the next reminder is to be made; nil when all have been, or the case is closed.
    ///
    /// - Parameter running: the deadlines that run, by the same targets and calendar.
    public func nextReminder(
        of running: [Deadline], _ targets: ServiceTargets, _ calendar: WorkingCalendar
    ) -> Instant? {
        running.compactMap { deadline in
            // No step comes before the one above it, so the first that is left is the next of its deadline.
            Reminder.Step.allCases.lazy.map { Reminder(kind: deadline.kind, due: deadline.at, step: $0) }
                .filter { !reminded.contains($0) }.map { $0.at(targets, calendar) }
                .first { $0 > clocks.start(of: deadline.kind) }
        }.min()
    }

    public func reminded(of reminder: Reminder) -> CaseEvent { event(.reminded(.init(reminder))) }

    /// One that was made before its time does not count.
    public func withdrawn(_ reminder: Reminder) -> CaseEvent { event(.reminderWithdrawn(.init(reminder))) }

    /// Deadlines have moved because calendar or targets changed. What was said of one counts as said of where it lies
    /// now, if its time has come there too: nobody is told twice in a row that the same case is late. What lies ahead
    /// is told in its time.
    ///
    /// - Parameters:
    ///   - before: the deadlines that ran by the rules before.
    ///   - after: those that run by the rules now, which `targets` and `calendar` are of.
    /// - Returns: what was said, and as what it counts.
    public mutating func moveReminders(
        from before: [Deadline], to after: [Deadline], _ targets: ServiceTargets, _ calendar: WorkingCalendar,
        at now: Instant
    ) -> [(from: Reminder, to: Reminder)] {
        var moved: [(from: Reminder, to: Reminder)] = []
        // A measure's day does not depend on the rules.
        for deadline in after where deadline.kind != .measure {
            guard let old = before.first(where: { $0.kind == deadline.kind }) else { continue }
            for step in Reminder.Step.allCases {
                let from = Reminder(kind: deadline.kind, due: old.at, step: step)
                let to = Reminder(kind: deadline.kind, due: deadline.at, step: step)
                guard reminded.contains(from), to.at(targets, calendar) <= now, reminded.insert(to).inserted else {
                    continue
                }
                moved.append((from, to))
            }
        }
        return moved
    }

    /// Takes back the reminders that were made before their time, by a clock that was ahead: they are made when it comes.
    ///
    /// - Parameter now: a time after which none can have been made.
    /// - Returns: those that were taken back.
    public mutating func takeBackReminders(
        _ targets: ServiceTargets, _ calendar: WorkingCalendar, after now: Instant
    ) -> Set<Reminder> {
        let ahead = reminded.filter { $0.at(targets, calendar) > now }
        reminded.subtract(ahead)
        return ahead
    }

    /// Makes the reminders whose time has come: each is made once, whatever is worked out again.
    public mutating func remind(
        _ targets: ServiceTargets, _ calendar: WorkingCalendar, at now: Instant
    ) -> [Reminder] {
        let all = clocks.reminders(of: clocks.running(targets, calendar), targets, calendar)
        let made = all.filter { $0.at <= now && !reminded.contains($0.reminder) }.map(\.reminder)
        reminded.formUnion(made)
        return made
    }
}

extension CaseFact.Reminded {
    init(_ reminder: Reminder) { self.init(deadline: reminder.kind, step: reminder.step, until: reminder.due) }

    public var reminder: Reminder { Reminder(kind: deadline, due: until, step: step) }
}
