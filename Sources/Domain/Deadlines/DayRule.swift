/// How a day is found in any year.
public enum DayRule: Hashable, Sendable, Codable {
    /// The same date every year. 29 February is 1 March in years without it.
    case date(month: Int, day: Int)
    /// Days after Easter Sunday; negative before it.
    case easter(Int)
    /// The weekday that falls within the seven days that begin with this date.
    case weekday(Weekday, from: Int, month: Int)
    /// A day of an ISO week, 1–53.
    case week(Int, Weekday)
    /// One day of one year only.
    case once(CivilDay)

    /// The day in `year`; for `once` always that day.
    public func day(in year: Int) -> CivilDay {
        switch self {
        case .date(let month, let day):
            return CivilDay(knownYear: year, month: month, day: day)
        case .easter(let offset):
            return Easter.sunday(in: year) + offset
        case .weekday(let weekday, let first, let month):
            let start = CivilDay(knownYear: year, month: month, day: first)
            return start + (weekday.rawValue - start.weekday.rawValue + 7) % 7
        case .week(let week, let weekday):
            let inFirstWeek = CivilDay(knownYear: year, month: 1, day: 4)
            return inFirstWeek + (7 * (week - 1) + weekday.rawValue - inFirstWeek.weekday.rawValue)
        case .once(let day):
            return day
        }
    }
}
