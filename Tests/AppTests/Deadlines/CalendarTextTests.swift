import Domain
import Support
import Testing

@testable import App

/// Hours, days and periods are read the way people write them.
@Suite struct CalendarTextTests {
    @Test(arguments: [
        ("08:00–15:30", "08:00–15:30"), ("8-15.30", "08:00–15:30"), ("kl. 8 - 16", "08:00–16:00"),
        ("00:00–24:00", "00:00–24:00"), ("15-8", nil), ("8", nil), ("8-25", nil), ("8:5-9", nil), ("a-b", nil),
        ("08:00:00–15:30", nil),
    ])
    func hours(typed: String, read: String?) {
        #expect(CalendarText.hours(typed).map { CalendarText.text($0) } == read)
    }

    @Test(arguments: [
        ("2026-12-23", "2026-12-23"), ("23.12.2026", "2026-12-23"), ("23/12/2026 ", "2026-12-23"),
        ("23. 12. 2026", "2026-12-23"), ("23/12 2026", "2026-12-23"), ("2026-12-23 12:00", "2026-12-23 12:00"),
        ("23.12.2026 kl. 12", "2026-12-23 12:00"), ("2026-02-30", nil), ("23.12.26", nil), ("Christmas", nil),
        ("2026-12-233", nil), ("", nil), ("2026-05-15 Klämdag", "2026-05-15 Klämdag"),
        ("15.5.2026: Inneklemt dag", "2026-05-15 Inneklemt dag"), ("26/12 2026 – 2. juledag", "2026-12-26 2. juledag"),
        ("2026-12-23 12:00 Jullunch", "2026-12-23 12:00 Jullunch"),
        ("2026-12-23 12.30, lunch", "2026-12-23 12:30 lunch"),
        ("23.12.2026 kl. 12 Julelunsj", "2026-12-23 12:00 Julelunsj"), ("2026-12-23 2026", nil),
        ("2026-12-23 ---", nil),
        ("2026-12-23 10:00-14:00", nil), ("2026-12-23 25:00 x", nil),
        ("2026-12-23 " + String(repeating: "x", count: 60), "2026-12-23 " + String(repeating: "x", count: 60)),
        ("2026-12-23 " + String(repeating: "x", count: 61), nil),
    ])
    func closingDays(typed: String, read: String?) {
        let found = CalendarText.closingDay(typed).map { day, closes, name in
            ["\(day)", closes.map { "\($0)" }, name].compactMap(\.self).joined(separator: " ")
        }
        #expect(found == read)
    }

    @Test(arguments: [
        ("15/6", DayRule.date(month: 6, day: 15)), ("15.6.", .date(month: 6, day: 15)),
        ("29/2", .date(month: 2, day: 29)), ("påske −6", .easter(-6)), ("Påsk +1", .easter(1)), ("easter", .easter(0)),
        ("uke 26", .week(26, .monday)), ("week 54", nil), ("31/6", nil), ("6-15", nil), ("easter 99", nil),
    ])
    func daysOfTheYear(typed: String, read: DayRule?) {
        #expect(CalendarText.rule(typed, isLast: false) == read)
    }

    @Test func whatAMunicipalityBeginsWithCanBeTypedAgain() async throws {
        let torg = try await TestTorg()
        let words = torg.installation.words("sv")
        for country in Country.allCases {
            for period in country.usualHolidayPeriods {
                #expect(CalendarText.rule(CalendarText.text(period.first, words), isLast: false) == period.first)
                #expect(CalendarText.rule(CalendarText.text(period.last, words), isLast: true) == period.last)
            }
        }
        await torg.close()
    }
}
