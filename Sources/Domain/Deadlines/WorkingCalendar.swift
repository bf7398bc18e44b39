import Foundation

/// On which days, and until when, a municipality works.
///
/// Working days are counted on civil days; the time zone is asked only to turn an instant into a day and back.
public struct WorkingCalendar: Hashable, Sendable, Codable {
    /// Whose public holidays are kept.
    public var country: Country
    public var timeZone: TimeZone
    public var week: OfficeWeek
    /// Customary days on which this municipality is closed.
    public var customaryClosingDays: Set<CustomaryDay>
    /// Customary days on which it closes early, and when.
    public var customaryHalfDays: [CustomaryDay: TimeOfDay]
    /// Its own closing days, such as a day between two holidays.
    public var closingDays: Set<CivilDay> = []
    /// Its own half days, with the time at which it closes.
    public var halfDays: [CivilDay: TimeOfDay] = [:]
    /// What its own days are called, where the municipality says why. nil in calendars stored before they had names.
    public var dayNames: [CivilDay: String]?
    public var holidayPeriods: [HolidayPeriod]

    /// What a municipality of `country` begins with.
    public static func standard(_ country: Country) -> WorkingCalendar {
        WorkingCalendar(
            country: country, timeZone: country.timeZone, week: .usual,
            customaryClosingDays: country.usualClosingDays, customaryHalfDays: country.usualHalfDays,
            holidayPeriods: country.usualHolidayPeriods)
    }

    public func isWorkingDay(_ day: CivilDay) -> Bool { officeHours(on: day) != nil }

    /// nil when closed all day.
    public func officeHours(on day: CivilDay) -> OfficeHours? {
        guard let usual = week[day.weekday], !closingDays.contains(day) else { return nil }
        guard MarkedDays.mayContain(day) else {
            guard let time = halfDays[day] else { return usual }
            return usual.closing(at: time)
        }
        if country.publicHoliday(on: day) != nil { return nil }
        let custom = CustomaryDay.allCases.first { $0.rule.day(in: day.year) == day }
        if let custom, customaryClosingDays.contains(custom) { return nil }
        guard let time = halfDays[day] ?? custom.flatMap({ customaryHalfDays[$0] }) else { return usual }
        return usual.closing(at: time)
    }

    public func isHolidayPeriod(_ day: CivilDay) -> Bool {
        holidayPeriods.contains { $0.contains(day) }
    }

    /// Whether the office is open: from its opening time on, and before its closing time.
    public func isOpen(at instant: Instant) -> Bool {
        let day = timeZone.day(of: instant)
        guard let hours = officeHours(on: day) else { return false }
        return instant >= timeZone.instant(of: day, at: hours.opens)
            && instant < timeZone.instant(of: day, at: hours.closes)
    }

    /// When the office opens on `day`; nil when it is closed.
    public func opening(on day: CivilDay) -> Instant? {
        officeHours(on: day).map { timeZone.instant(of: day, at: $0.opens) }
    }

    /// When the office opens on `day`, or on the last working day before it.
    func opening(onOrBefore day: CivilDay) -> Instant {
        var day = day
        while true {
            if let opens = opening(on: day) { return opens }
            day = day - 1
        }
    }

    /// `instant` itself when the office is open then, else when it opens next. For mails that go out in office hours.
    public func nextOpening(after instant: Instant) -> Instant {
        if isOpen(at: instant) { return instant }
        var day = timeZone.day(of: instant)
        while true {
            if let hours = officeHours(on: day) {
                let opens = timeZone.instant(of: day, at: hours.opens)
                if opens >= instant { return opens }
            }
            day = day + 1
        }
    }
}
