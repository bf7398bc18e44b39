/// A day of the week, numbered as in ISO 8601: Monday is 1, Sunday 7.
public enum Weekday: Int, CaseIterable, Comparable, Sendable, Codable {
    case monday = 1
    case tuesday, wednesday, thursday, friday, saturday, sunday

    public static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }

    /// `allCases` builds a new array each time it is asked.
    static let all = allCases
}

extension CivilDay {
    public var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        let fromMonday = number + 3
        return Weekday.all[fromMonday - 7 * fromMonday.flooredQuotient(by: 7)]
    }

    /// The ISO 8601 week, 1–53: week 1 is the one with the year's first Thursday.
    public var isoWeek: Int {
        let thursday = thursdayOfWeek
        return (thursday - CivilDay(knownYear: thursday.year, month: 1, day: 1)) / 7 + 1
    }

    /// The year that `isoWeek` belongs to; differs from `year` around New Year.
    public var isoWeekYear: Int { thursdayOfWeek.year }

    private var thursdayOfWeek: CivilDay { self + (Weekday.thursday.rawValue - weekday.rawValue) }
}
