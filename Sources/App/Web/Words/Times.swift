import Domain
import Foundation

/// Moments and deadlines in words, in the municipality's time zone.
struct Times: Sendable {
    let calendar: WorkingCalendar
    let words: Words
    let now: Instant
    /// What is read another day, such as a file, does not say "tomorrow".
    let isKept: Bool

    init(_ calendar: WorkingCalendar, _ words: Words, _ now: Instant, isKept: Bool = false) {
        self.calendar = calendar
        self.words = words
        self.now = now
        self.isKept = isKept
    }

    private var today: CivilDay { calendar.timeZone.day(of: now) }

    func moment(_ instant: Instant) -> DateWords.Moment {
        let day = calendar.timeZone.day(of: instant)
        let minutes = calendar.timeZone.timeOfDay(of: instant).minutes
        return .init(
            year: day.year, month: day.month, day: day.day, weekday: day.weekday.rawValue, hour: minutes / 60,
            minute: minutes % 60)
    }

    /// "Thursday 23 July", with the year when it is another one.
    func day(_ instant: Instant) -> String {
        let moment = moment(instant)
        let dates = DateWords(words: words)
        return moment.year == today.year ? dates.day(moment) : dates.dayAndYear(moment)
    }

    /// "today at 15.30", "Thursday 23 July at 15.30".
    func dayAndTime(_ instant: Instant) -> String {
        DateWords(words: words).relative(
            moment(instant), days: calendar.timeZone.day(of: instant) - today, thisYear: today.year)
    }

    /// "today at 15.30", "yesterday at 9.00"; what is older, without the time of day.
    func lately(_ instant: Instant) -> String {
        today - calendar.timeZone.day(of: instant) <= 1 ? dayAndTime(instant) : day(instant)
    }

    /// How late something is that was due at `due`: "2 working days late", "late since yesterday".
    func late(since due: Instant) -> String {
        let days = today - calendar.timeZone.day(of: due)
        return DeadlineWords(words: words).late(
            workingDays: max(0, calendar.workingDaysBetween(due, now)), since: moment(due),
            days: isKept ? max(2, days) : days, thisYear: today.year)
    }

    /// The deadline in words, and the colour that goes with it.
    func due(_ deadline: Deadline?) -> (text: String, kind: DueKind) {
        guard let deadline else { return ("", .none) }
        if deadline.at < now {
            return (DeadlineWords(words: words).late(deadline.kind, late(since: deadline.at)), .late)
        }
        let days = calendar.timeZone.day(of: deadline.at) - today
        let text = DeadlineWords(words: words)
            .due(deadline.kind, moment(deadline.at), days: isKept ? max(2, days) : days, thisYear: today.year)
        if deadline.kind == .parking || deadline.kind == .awaitingCitizen { return (text, .wait) }
        return (text, calendar.workingDaysBetween(now, deadline.at) <= 1 ? .soon : .ok)
    }
}
