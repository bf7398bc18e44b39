import Foundation
import Testing

@testable import Domain

@Suite struct TimeZoneTests {
    @Test(arguments: [
        // ordinary days, winter and summer
        ("2026-01-15", "15:30", "2026-01-15T14:30:00.000Z"),
        ("2026-07-15", "15:30", "2026-07-15T13:30:00.000Z"),
        // the spring gap: 02:00–03:00 does not exist on 29 March 2026
        ("2026-03-29", "01:59", "2026-03-29T00:59:00.000Z"),
        ("2026-03-29", "02:30", "2026-03-29T01:30:00.000Z"),
        ("2026-03-29", "03:00", "2026-03-29T01:00:00.000Z"),
        ("2026-03-29", "00:00", "2026-03-28T23:00:00.000Z"),
        ("2026-03-29", "24:00", "2026-03-29T22:00:00.000Z"),
        // the autumn overlap: 02:00–03:00 happens twice on 25 October 2026
        ("2026-10-25", "01:59", "2026-10-24T23:59:00.000Z"),
        ("2026-10-25", "02:30", "2026-10-25T00:30:00.000Z"),
        ("2026-10-25", "03:00", "2026-10-25T02:00:00.000Z"),
        ("2026-10-25", "24:00", "2026-10-25T23:00:00.000Z"),
    ])
    func turnsDayAndTimeIntoAnInstant(day: String, time: String, expected: String) throws {
        for name in ["Europe/Stockholm", "Europe/Oslo", "Europe/Copenhagen"] {
            let zone = try #require(TimeZone(identifier: name))
            let (day, time) = (try #require(CivilDay(iso: day)), try #require(TimeOfDay(time)))
            #expect(zone.instant(of: day, at: time).iso8601 == expected)
        }
    }

    @Test func everyHourOfAYearReturnsToItself() throws {
        for name in ["Europe/Stockholm", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu"] {
            let zone = try #require(TimeZone(identifier: name))
            let start = try #require(CivilDay(iso: "2026-01-01"))
            for hour in 0..<(366 * 24) {
                let instant = Instant(milliseconds: Int64(start.number) * Instant.day).adding(hours: hour)
                let back = zone.instant(of: zone.day(of: instant), at: zone.timeOfDay(of: instant))
                // In the overlap the first of the two hours is meant.
                #expect(back == instant || back == instant.adding(hours: -1))
                if back != instant { #expect(zone.timeOfDay(of: back) == zone.timeOfDay(of: instant)) }
            }
        }
    }

    @Test func midnightBelongsToTheLocalDay() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Stockholm"))
        let late = try #require(Instant(iso8601: "2026-07-19T21:59:59.999Z"))
        #expect(zone.day(of: late).iso == "2026-07-19")
        #expect(zone.day(of: late.adding(milliseconds: 1)).iso == "2026-07-20")
        #expect(zone.timeOfDay(of: late).description == "23:59")
    }

    @Test func timeOfDayIsStrict() {
        #expect(TimeOfDay("15:30")?.minutes == 930)
        #expect(TimeOfDay("24:00") == .endOfDay)
        for text in ["", "1530", "9:00", "24:01", "12:60", "-1:00", "15:30:00"] {
            #expect(TimeOfDay(text) == nil, "\(text)")
        }
        #expect(TimeOfDay(minutes: -1) == nil && TimeOfDay(minutes: 1441) == nil)
    }
}
