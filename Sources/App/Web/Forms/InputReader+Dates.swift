import Domain

extension InputReader {
    /// What is planned further ahead than this is a typing mistake. In days.
    static let furthestAhead = 2 * 365

    /// A day as a date field sends it.
    mutating func day(_ field: String, required: Bool = true) -> CivilDay? {
        guard let text = line(field, max: 10, required: required) else { return nil }
        guard let day = CivilDay(iso: text) else {
            fail(field, "invalid_date")
            return nil
        }
        return day
    }

    /// When something was done: an instant, or a day, where today means now. Not ahead, but for clocks that differ a
    /// little.
    mutating func past(_ field: String, in op: Operation, required: Bool = false) -> Instant? {
        let instant = instant(field, in: op.directory.calendar, plainDay: .past(op.now), required: required)
        if let instant, instant > op.now.adding(minutes: 5) { fail(field, "in_future") }
        return instant
    }

    /// When something is to be done: an instant, or a day, which ends with the office hours.
    mutating func promise(_ field: String, in op: Operation, required: Bool = false) -> Instant? {
        let instant = instant(field, in: op.directory.calendar, plainDay: .promise(op.now), required: required)
        if let instant, instant > op.now.adding(days: Self.furthestAhead) { fail(field, "too_late") }
        return instant
    }

    /// What a plain day means where an instant is asked for.
    enum PlainDay {
        /// Something that has happened: the end of that day's office hours, or this moment when it is today.
        case past(Instant)
        /// A promise: the end of office hours, on the next working day when the office is closed on one to come.
        case promise(Instant)
        case start
        /// The end of the day.
        case end
    }

    /// An ISO 8601 instant, or a plain day.
    mutating func instant(
        _ field: String, in calendar: WorkingCalendar, plainDay: PlainDay, required: Bool = false
    ) -> Instant? {
        guard let text = line(field, max: 40, required: required) else { return nil }
        if let instant = Instant(iso8601: text) { return instant }
        if let day = CivilDay(iso: text) {
            switch plainDay {
            case .past(let now) where calendar.timeZone.day(of: now) == day: return now
            case .promise(let now) where calendar.timeZone.day(of: now) <= day: return calendar.closing(onOrAfter: day)
            case .past, .promise:
                return calendar.timeZone.instant(of: day, at: calendar.officeHours(on: day)?.closes ?? .noon)
            case .start: return calendar.timeZone.instant(of: day, at: .midnight)
            case .end: return calendar.timeZone.instant(of: day, at: .endOfDay)
            }
        }
        fail(field, "invalid_date")
        return nil
    }
}
