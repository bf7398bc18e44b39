import Foundation
import Testing

@testable import Domain

@Suite struct WorkingCalendarTests {
    let sweden = WorkingCalendar.standard(.sweden)

    @Test(arguments: [
        // Wednesday before midsummer: Thursday, then midsommarafton and the weekend are closed
        (Country.sweden, "2026-06-17T09:00:00Z", 1, "2026-06-18T13:30:00.000Z"),
        (.sweden, "2026-06-17T09:00:00Z", 2, "2026-06-22T13:30:00.000Z"),
        (.sweden, "2026-06-18T09:00:00Z", 1, "2026-06-22T13:30:00.000Z"),
        // Christmas and New Year
        (.sweden, "2026-12-23T09:00:00Z", 1, "2026-12-28T14:30:00.000Z"),
        (.sweden, "2026-12-23T09:00:00Z", 4, "2027-01-04T14:30:00.000Z"),
        (.sweden, "2026-12-23T09:00:00Z", 6, "2027-01-07T14:30:00.000Z"),
        (.norway, "2026-12-23T09:00:00Z", 1, "2026-12-24T11:00:00.000Z"),
        (.norway, "2026-12-23T09:00:00Z", 5, "2026-12-31T11:00:00.000Z"),
        (.denmark, "2026-12-23T09:00:00Z", 1, "2026-12-28T14:30:00.000Z"),
        (.denmark, "2026-12-23T09:00:00Z", 4, "2026-12-31T14:30:00.000Z"),
        // Easter, and the clock going forward on 29 March 2026
        (.sweden, "2026-04-02T08:00:00Z", 1, "2026-04-07T13:30:00.000Z"),
        (.norway, "2026-03-31T08:00:00Z", 1, "2026-04-01T10:00:00.000Z"),
        (.norway, "2026-03-31T08:00:00Z", 2, "2026-04-07T13:30:00.000Z"),
        (.sweden, "2026-03-27T14:00:00Z", 1, "2026-03-30T13:30:00.000Z"),
        // the clock going back on 25 October 2026
        (.denmark, "2026-10-23T12:00:00Z", 1, "2026-10-26T14:30:00.000Z"),
        // store bededag until 2023
        (.denmark, "2023-05-04T09:00:00Z", 1, "2023-05-08T13:30:00.000Z"),
        (.denmark, "2024-04-25T09:00:00Z", 1, "2024-04-26T13:30:00.000Z"),
        // Norwegian 17 May on a Monday
        (.norway, "2027-05-14T09:00:00Z", 1, "2027-05-18T13:30:00.000Z"),
        // midnight: 21:59 UTC is still Sunday in summer, 22:00 is Monday
        (.sweden, "2026-07-19T21:59:00Z", 1, "2026-07-20T13:30:00.000Z"),
        (.sweden, "2026-07-19T22:00:00Z", 1, "2026-07-21T13:30:00.000Z"),
        // none: the same day while it lasts
        (.sweden, "2026-07-20T13:29:59Z", 0, "2026-07-20T13:30:00.000Z"),
        (.sweden, "2026-07-20T13:30:00Z", 0, "2026-07-21T13:30:00.000Z"),
        (.sweden, "2026-07-18T08:00:00Z", 0, "2026-07-20T13:30:00.000Z"),
    ])
    func due(country: Country, from: String, days: Int, expected: String) throws {
        let instant = try #require(Instant(iso8601: from))
        #expect(WorkingCalendar.standard(country).due(workingDays: days, after: instant).iso8601 == expected)
    }

    @Test(arguments: Country.allCases)
    func dueIsAlwaysAWorkingDayAndCounts(country: Country) throws {
        let calendar = WorkingCalendar.standard(country)
        var instant = try #require(Instant(iso8601: "2023-12-01T00:00:00Z"))
        let end = try #require(Instant(iso8601: "2027-02-01T00:00:00Z"))
        var last: [Int: Instant] = [:]
        while instant < end {
            for days in [0, 1, 3, 20] {
                let due = calendar.due(workingDays: days, after: instant)
                let day = calendar.timeZone.day(of: due)
                let hours = try #require(calendar.officeHours(on: day))
                #expect(due > instant && due == calendar.timeZone.instant(of: day, at: hours.closes))
                #expect(due >= last[days] ?? instant)
                if days > 0 {
                    #expect(calendar.workingDaysBetween(instant, due) == days)
                    let came = calendar.timeZone.day(of: instant)
                    #expect(calendar.workingDays(after: came, count: days).last == day)
                }
                last[days] = due
            }
            instant = instant.adding(hours: 11, minutes: 13)
        }
    }

    @Test func countingBetweenDaysAgreesWithLookingAtEachDay() throws {
        var calendar = WorkingCalendar.standard(.norway)
        let ownDay = try #require(CivilDay(iso: "2026-05-15"))
        let emptyDay = try #require(CivilDay(iso: "2026-09-02"))
        calendar.closingDays = [ownDay, try #require(CivilDay(iso: "2026-05-16")), ownDay - 14]
        calendar.halfDays[emptyDay] = TimeOfDay(7, 0)
        calendar.customaryHalfDays[.newYearsEve] = TimeOfDay(8, 0)
        #expect(!calendar.isWorkingDay(ownDay) && !calendar.isWorkingDay(emptyDay))
        let first = try #require(CivilDay(iso: "2025-11-20"))
        for start in stride(from: 0, to: 420, by: 17) {
            var expected = 0
            for length in 0..<800 {
                let (from, to) = (first + start, first + start + length)
                if length > 0, calendar.isWorkingDay(to) { expected += 1 }
                if calendar.workingDaysBetween(from, to) != expected { Issue.record("\(from) \(to)") }
                if calendar.workingDaysBetween(to, from) != -expected { Issue.record("\(to) \(from)") }
            }
        }
    }

    @Test func theMunicipalityHasItsOwnDays() throws {
        var calendar = sweden
        let bridge = try #require(CivilDay(iso: "2026-05-15"))
        let early = try #require(CivilDay(iso: "2026-05-13"))
        #expect(calendar.isWorkingDay(bridge))
        calendar.closingDays.insert(bridge)
        calendar.halfDays[early] = TimeOfDay(12, 0)
        #expect(!calendar.isWorkingDay(bridge))
        #expect(calendar.officeHours(on: early)?.closes == TimeOfDay(12, 0))
        let hours = try #require(OfficeHours(opens: TimeOfDay(10, 0), closes: TimeOfDay(14, 0)))
        calendar.week = try #require(OfficeWeek([.tuesday: hours, .saturday: hours]))
        #expect(calendar.workingDays(after: bridge, count: 3).map(\.iso) == ["2026-05-16", "2026-05-19", "2026-05-23"])
        #expect(OfficeWeek([:]) == nil && OfficeHours(opens: .endOfDay, closes: .midnight) == nil)
    }

    @Test func openingHours() throws {
        let thursday = try #require(CivilDay(iso: "2026-06-18"))  // before midsummer
        let zone = sweden.timeZone
        let closing = zone.instant(of: thursday, at: TimeOfDay(15, 30))
        #expect(!sweden.isOpen(at: closing) && sweden.isOpen(at: closing.adding(milliseconds: -1)))
        #expect(sweden.nextOpening(after: closing).iso8601 == "2026-06-22T06:00:00.000Z")
        let morning = zone.instant(of: thursday, at: TimeOfDay(7, 0))
        #expect(sweden.nextOpening(after: morning) == morning.adding(hours: 1))
        #expect(sweden.nextOpening(after: morning.adding(hours: 2)) == morning.adding(hours: 2))
    }

    @Test func holidayPeriods() throws {
        for (text, expected) in [
            ("2026-06-14", false), ("2026-06-15", true), ("2026-08-15", true), ("2026-08-16", false),
            ("2026-12-19", false), ("2026-12-20", true), ("2027-01-06", true), ("2027-01-07", false),
            ("2026-03-29", false), ("2026-03-30", true), ("2026-04-06", true), ("2026-04-07", false),
        ] {
            #expect(sweden.isHolidayPeriod(try #require(CivilDay(iso: text))) == expected, "\(text)")
        }
        let denmark = WorkingCalendar.standard(.denmark)
        #expect(!denmark.isHolidayPeriod(try #require(CivilDay(iso: "2026-06-21"))))
        #expect(denmark.isHolidayPeriod(try #require(CivilDay(iso: "2026-06-22"))))
        #expect(denmark.isHolidayPeriod(try #require(CivilDay(iso: "2026-08-09"))))
        #expect(!denmark.isHolidayPeriod(try #require(CivilDay(iso: "2026-08-10"))))
    }

    @Test func aPeriodOfOneYearEndsAfterItBegins() throws {
        let july = DayRule.once(try #require(CivilDay(iso: "2026-07-01")))
        let august = DayRule.once(try #require(CivilDay(iso: "2026-08-01")))
        let newYear = DayRule.date(month: 1, day: 2)
        for (first, last, expected) in [
            (july, august, true), (july, july, true), (august, july, false), (july, newYear, false),
            (newYear, july, false), (.date(month: 12, day: 20), newYear, true),
        ] {
            #expect(HolidayPeriod(name: "", from: first, through: last).isInOrder == expected)
        }
    }

    @Test func absurdTargetsEnd() {
        let start = Instant(milliseconds: 0)
        #expect(sweden.due(workingDays: .max, after: start) == sweden.due(workingDays: 2000, after: start))
        #expect(sweden.due(workingDays: .min, after: start) == sweden.due(workingDays: 0, after: start))
    }
}
