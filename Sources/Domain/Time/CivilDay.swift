/// A day of the proleptic Gregorian calendar, without time of day or time zone.
///
/// Kept as the number of days since 1970-01-01, so that arithmetic and comparison are those of an integer.
public struct CivilDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public let number: Int

    public init(number: Int) {
        self.number = number
    }

    /// - Returns: nil when there is no such day, or the year lies outside 1–9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= CivilDay.length(ofMonth: month, year: year)
        else { return nil }
        self.init(knownYear: year, month: month, day: day)
    }

    /// For days that the program itself names and that exist in every year. Nothing is checked.
    init(knownYear year: Int, month: Int, day: Int) {
        // The year is counted from 1 March, so that the leap day comes last and months have a regular rhythm.
        let shifted = month > 2 ? year : year - 1
        let era = shifted.flooredQuotient(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    public var year: Int { components.year }
    /// 1–12.
    public var month: Int { components.month }
    /// Day of the month, 1–31.
    public var day: Int { components.day }

    public var components: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    public static func < (left: CivilDay, right: CivilDay) -> Bool { left.number < right.number }
    public static func + (day: CivilDay, days: Int) -> CivilDay { CivilDay(number: day.number + days) }
    public static func - (day: CivilDay, days: Int) -> CivilDay { CivilDay(number: day.number - days) }
    /// Days from `right` to `left`.
    public static func - (left: CivilDay, right: CivilDay) -> Int { left.number - right.number }

    public static func isLeap(year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    /// Days in a month, 28–31. `month` must be 1–12.
    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year: year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension BinaryInteger {
    /// Division that rounds towards minus infinity, so that time before 1970 counts like time after it.
    func flooredQuotient(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
