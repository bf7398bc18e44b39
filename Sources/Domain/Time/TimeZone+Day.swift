import Foundation

extension TimeZone {
    /// The day on the calendar at this place.
    public func day(of instant: Instant) -> CivilDay { local(instant).utcDay }

    /// The time on the clock at this place, seconds cut off.
    public func timeOfDay(of instant: Instant) -> TimeOfDay {
        let local = local(instant)
        let inDay = local.milliseconds - local.milliseconds.flooredQuotient(by: Instant.day) * Instant.day
        return TimeOfDay(0, Int(inDay / Instant.minute))
    }

    /// The instant at which the clock at this place shows `time` on `day`.
    ///
    /// Where the clock shows it twice (autumn), the first of the two. Where it never does (the skipped hour in spring),
    /// the clock runs on as if it had not been changed: 02:30 becomes what is then called 03:30.
    public func instant(of day: CivilDay, at time: TimeOfDay) -> Instant {
        let local = Instant(milliseconds: Int64(day.number) * Instant.day + Int64(time.minutes) * Instant.minute)
        // No place is more than a day from UTC, so these two lie on either side of a change of clocks.
        let before = offset(at: local.adding(days: -1))
        let after = offset(at: local.adding(days: 1))
        let first = local.adding(milliseconds: -before)
        if before == after || offset(at: first) == before { return first }
        let second = local.adding(milliseconds: -after)
        return offset(at: second) == after ? second : first
    }

    private func local(_ instant: Instant) -> Instant { instant.adding(milliseconds: offset(at: instant)) }

    /// Milliseconds east of UTC.
    private func offset(at instant: Instant) -> Int64 {
        let date = Date(timeIntervalSince1970: Double(instant.milliseconds.flooredQuotient(by: 1000)))
        return Int64(secondsFromGMT(for: date)) * 1000
    }
}
