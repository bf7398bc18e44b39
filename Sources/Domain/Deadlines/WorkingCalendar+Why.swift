/// Why an office is closed on a day, or closes early; for whoever wonders why something is due when it is.
public enum ClosingReason: Hashable, Sendable {
    /// Closed on that weekday every week.
    case weekday
    case publicHoliday(PublicHoliday)
    case customary(CustomaryDay)
    /// One of the municipality's own days.
    case own
}

extension WorkingCalendar {
    /// nil on a working day. A day that is closed for several reasons has the first of them: the weekday, the law,
    /// custom, the municipality.
    public func closingReason(on day: CivilDay) -> ClosingReason? {
        if officeHours(on: day) != nil { return nil }
        if week[day.weekday] == nil { return .weekday }
        if let holiday = country.publicHoliday(on: day) { return .publicHoliday(holiday) }
        return earlyClosing(on: day) ?? .own
    }

    /// Why the office closes earlier than on other such weekdays, or is closed all day for the same reason; nil when it
    /// does not.
    public func earlyClosing(on day: CivilDay) -> ClosingReason? {
        guard officeHours(on: day) != week[day.weekday] else { return nil }
        if let custom = CustomaryDay.allCases.first(where: { $0.rule.day(in: day.year) == day }),
            customaryClosingDays.contains(custom) || (customaryHalfDays[custom] != nil && halfDays[day] == nil),
            !closingDays.contains(day)
        {
            return .customary(custom)
        }
        return closingDays.contains(day) || halfDays[day] != nil ? .own : nil
    }

    /// The days after `start`, before `end`, on which the office is closed, with the reason for each.
    public func closedDays(after start: CivilDay, before end: CivilDay) -> [(day: CivilDay, reason: ClosingReason)] {
        guard start + 1 < end else { return [] }
        return ((start.number + 1)..<end.number).map(CivilDay.init(number:)).compactMap { day in
            closingReason(on: day).map { (day, $0) }
        }
    }

    /// The first period that a day lies in.
    public func holidayPeriod(on day: CivilDay) -> HolidayPeriod? { holidayPeriods.first { $0.contains(day) } }
}
