/// A stretch of the year in which many are away and the first answer may take longer (R4.3, R4.4: 5 working days
/// instead of 3).
public struct HolidayPeriod: Hashable, Sendable, Codable {
    /// As the municipality calls it.
    public var name: String
    public var first: DayRule
    /// The last day, itself included. A period whose last day lies before its first runs over New Year.
    public var last: DayRule

    public init(name: String, from first: DayRule, through last: DayRule) {
        self.name = name
        self.first = first
        self.last = last
    }

    /// False for a period of one year that ends before it begins, and for one with a year on one of its days only.
    public var isInOrder: Bool {
        switch (first, last) {
        case (.once(let start), .once(let end)): start <= end
        case (.once, _), (_, .once): false
        default: true
        }
    }

    public func contains(_ day: CivilDay) -> Bool {
        let year = day.year
        let (start, end) = (first.day(in: year), last.day(in: year))
        return start <= end ? (start...end).contains(day) : day >= start || day <= end
    }
}

extension Country {
    /// What a municipality begins with; each sets its own. No law names these days: the summer is the time in which the
    /// schools are closed and most holiday is taken, Christmas runs until the last holiday of the season, and Easter is
    /// the week before it.
    public var usualHolidayPeriods: [HolidayPeriod] {
        switch self {
        case .sweden:
            [
                HolidayPeriod(name: "Sommar", from: .date(month: 6, day: 15), through: .date(month: 8, day: 15)),
                HolidayPeriod(name: "Jul", from: .date(month: 12, day: 20), through: .date(month: 1, day: 6)),
                HolidayPeriod(name: "Påsk", from: .easter(-6), through: .easter(1)),
            ]
        case .norway:
            [
                HolidayPeriod(name: "Sommer", from: .date(month: 6, day: 20), through: .date(month: 8, day: 15)),
                HolidayPeriod(name: "Jul", from: .date(month: 12, day: 20), through: .date(month: 1, day: 2)),
                HolidayPeriod(name: "Påske", from: .easter(-6), through: .easter(1)),
            ]
        case .denmark:
            [
                HolidayPeriod(name: "Sommer", from: .week(26, .monday), through: .week(32, .sunday)),
                HolidayPeriod(name: "Jul", from: .date(month: 12, day: 20), through: .date(month: 1, day: 2)),
                HolidayPeriod(name: "Påske", from: .easter(-6), through: .easter(1)),
            ]
        }
    }
}
