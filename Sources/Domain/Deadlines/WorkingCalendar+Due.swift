extension WorkingCalendar {
    /// The targets that can be set, in working days. Larger and negative numbers are taken as the nearest of these.
    public static let targetRange = 0...2000

    /// The end of office hours on the `count`-th working day after the day on which the contact came in.
    ///
    /// With 0: the end of office hours on that same day while it is still to come, else on the next working day.
    /// - Returns: an instant after `instant`, on a working day.
    public func due(workingDays count: Int, after instant: Instant) -> Instant {
        let cameIn = timeZone.day(of: instant)
        if count <= 0, let closes = closing(on: cameIn), closes > instant { return closes }
        var day = cameIn
        var left = min(max(count, 1), WorkingCalendar.targetRange.upperBound)
        while true {
            day = day + 1
            guard let hours = officeHours(on: day) else { continue }
            left -= 1
            if left == 0 { return timeZone.instant(of: day, at: hours.closes) }
        }
    }

    /// The next `count` working days after `day`, up to the largest of `targetRange`.
    public func workingDays(after day: CivilDay, count: Int) -> [CivilDay] {
        let count = min(count, WorkingCalendar.targetRange.upperBound)
        var found: [CivilDay] = []
        var day = day
        while found.count < count {
            day = day + 1
            if isWorkingDay(day) { found.append(day) }
        }
        return found
    }

    /// Working days after the day of `start` up to and including the day of `end`; negative when `end` lies before.
    /// Something due at `start` is at `end` so many working days late.
    public func workingDaysBetween(_ start: Instant, _ end: Instant) -> Int {
        workingDaysBetween(timeZone.day(of: start), timeZone.day(of: end))
    }

    /// Working days after `start` up to and including `end`; negative when `end` lies before.
    ///
    /// Takes no longer for ten years than for their few hundred holidays.
    public func workingDaysBetween(_ start: CivilDay, _ end: CivilDay) -> Int {
        guard start <= end else { return -workingDaysBetween(end, start) }
        let weeks = (end - start) / 7
        var open = weeks * week.openDays
        var day = start + weeks * 7
        while day < end {
            day = day + 1
            if week[day.weekday] != nil { open += 1 }
        }
        return open - closedDays(after: start, through: end)
    }

    /// Days in the range that the office week has open and that are closed all the same.
    private func closedDays(after start: CivilDay, through end: CivilDay) -> Int {
        guard start < end else { return 0 }
        let range = (start + 1)...end
        var days = Set(closingDays.filter(range.contains))
        days.formUnion(halfDays.keys.filter { range.contains($0) && officeHours(on: $0) == nil })
        for year in range.lowerBound.year...range.upperBound.year {
            days.formUnion(country.publicHolidays(in: year).map(\.day).filter(range.contains))
            days.formUnion(customaryClosingDays.map { $0.rule.day(in: year) }.filter(range.contains))
            // A half day that closes before the office opens leaves nothing of the day.
            let halfDays = customaryHalfDays.keys.map { $0.rule.day(in: year) }
            days.formUnion(halfDays.filter { range.contains($0) && officeHours(on: $0) == nil })
        }
        return days.count { week[$0.weekday] != nil }
    }

    /// The end of office hours on `day`, or on the next working day when the office is closed.
    public func closing(onOrAfter day: CivilDay) -> Instant {
        var day = day
        while true {
            if let closes = closing(on: day) { return closes }
            day = day + 1
        }
    }

    private func closing(on day: CivilDay) -> Instant? {
        officeHours(on: day).map { timeZone.instant(of: day, at: $0.closes) }
    }
}
