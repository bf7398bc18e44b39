import Testing

@testable import Domain

@Suite struct PublicHolidayTests {
    @Test(arguments: [
        (1970, "1970-03-29"), (1981, "1981-04-19"), (1999, "1999-04-04"), (2000, "2000-04-23"), (2008, "2008-03-23"),
        (2011, "2011-04-24"), (2024, "2024-03-31"), (2026, "2026-04-05"), (2038, "2038-04-25"), (2049, "2049-04-18"),
        (2076, "2076-04-19"), (2100, "2100-03-28"), (2160, "2160-03-23"), (2200, "2200-04-06"),
    ])
    func easter(year: Int, expected: String) {
        #expect(Easter.sunday(in: year).iso == expected)
    }

    /// The table in the Book of Common Prayer and the canon law: a Sunday, 22 March to 25 April.
    @Test func easterIsASundayWithinItsBounds() {
        for year in 1583...2999 {
            let easter = Easter.sunday(in: year)
            let first = CivilDay(knownYear: year, month: 3, day: 22)
            #expect(easter.weekday == .sunday && (0...34).contains(easter - first), "\(year)")
        }
    }

    @Test(arguments: [
        (
            Country.sweden, 2004,
            "01-01 01-06 04-09 04-11 04-12 05-01 05-20 05-30 05-31 06-26 11-06 12-25 12-26"
        ),
        (
            .sweden, 2005,
            "01-01 01-06 03-25 03-27 03-28 05-01 05-05 05-15 06-06 06-25 11-05 12-25 12-26"
        ),
        (
            .sweden, 2026,
            "01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-06 06-20 10-31 12-25 12-26"
        ),
        (
            .norway, 2008,  // Ascension Day on 1 May
            "01-01 03-20 03-21 03-23 03-24 05-01 05-01 05-11 05-12 05-17 12-25 12-26"
        ),
        (
            .norway, 2026,
            "01-01 04-02 04-03 04-05 04-06 05-01 05-14 05-17 05-24 05-25 12-25 12-26"
        ),
        (
            .denmark, 2023,
            "01-01 04-06 04-07 04-09 04-10 05-05 05-18 05-28 05-29 12-25 12-26"
        ),
        (
            .denmark, 2024,
            "01-01 03-28 03-29 03-31 04-01 05-09 05-19 05-20 12-25 12-26"
        ),
    ])
    func table(country: Country, year: Int, expected: String) {
        let days = country.publicHolidays(in: year).map { $0.day.iso.dropFirst(5) }
        #expect(days.joined(separator: " ") == expected)
    }

    @Test func bothWaysOfAskingAgree() {
        for country in Country.allCases {
            for year in 1970...2200 {
                let listed = Set(country.publicHolidays(in: year).map(\.day))
                var day = CivilDay(knownYear: year, month: 1, day: 1)
                while day.year == year {
                    if (country.publicHoliday(on: day) != nil) != listed.contains(day) {
                        Issue.record("\(country) \(day)")
                    }
                    day = day + 1
                }
            }
        }
    }

    @Test func midsummerAndAllSaintsAreSaturdaysInTheirWeek() {
        for year in 1970...2200 {
            let midsummer = PublicHoliday.midsummerDay.rule.day(in: year)
            #expect(midsummer.weekday == .saturday && midsummer.month == 6 && (20...26).contains(midsummer.day))
            #expect(CustomaryDay.midsummerEve.rule.day(in: year) == midsummer - 1)
            let saints = PublicHoliday.allSaintsDay.rule.day(in: year)
            #expect(saints.weekday == .saturday)
            #expect(saints >= CivilDay(knownYear: year, month: 10, day: 31))
            #expect(saints <= CivilDay(knownYear: year, month: 11, day: 6))
        }
    }

    @Test func everyDayHasANameInEveryLanguage() {
        for name in PublicHoliday.allCases.map(\.name) + CustomaryDay.allCases.map(\.name) {
            for language in ["sv", "nb", "da", "en"] { #expect(!name[language].isEmpty) }
        }
        #expect(PublicHoliday.whitMonday.name["nn"] == "Andre pinsedag")
        #expect(PublicHoliday.whitMonday.name["fi"] == "Whit Monday")
    }
}
