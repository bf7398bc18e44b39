/// Days that are a public holiday or a customary one somewhere, in `Country.holidayYears`. Every deadline is counted
/// past many days, and nearly all of them are none: that is told before anybody looks for what a day is.
enum MarkedDays {
    /// True also for days of other years, of which nothing is known.
    static func mayContain(_ day: CivilDay) -> Bool {
        let index = day.number - first.number
        return index < 0 || index >= marks.count || marks[index]
    }

    private static let first = CivilDay(knownYear: Country.holidayYears.lowerBound, month: 1, day: 1)

    private static let marks: [Bool] = {
        let end = CivilDay(knownYear: Country.holidayYears.upperBound + 1, month: 1, day: 1)
        var marks = Array(repeating: false, count: end - first)
        let rules = PublicHoliday.allCases.map(\.rule) + CustomaryDay.allCases.map(\.rule)
        for year in Country.holidayYears {
            for rule in rules { marks[rule.day(in: year) - first] = true }
        }
        return marks
    }()
}
