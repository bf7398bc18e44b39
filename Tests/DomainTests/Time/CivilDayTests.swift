import Foundation
import Testing

@testable import Domain

@Suite struct CivilDayTests {
    @Test func agreesWithFoundationOnEveryDayOfThreeCenturies() throws {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        for number in stride(from: -25_567, to: 84_000, by: 13) {
            let day = CivilDay(number: number)
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday, .weekOfYear, .yearForWeekOfYear], from: date)
            #expect(day.year == parts.year && day.month == parts.month && day.day == parts.day)
            #expect(day.weekday.rawValue % 7 + 1 == parts.weekday)
            #expect(day.isoWeek == parts.weekOfYear && day.isoWeekYear == parts.yearForWeekOfYear)
        }
    }

    @Test func numbersAndPartsAreInverse() {
        var expected = CivilDay(knownYear: 1, month: 1, day: 1).number
        #expect(expected == -719_162)
        for year in 1...3000 {
            for month in 1...12 {
                for day in 1...CivilDay.length(ofMonth: month, year: year) {
                    let civil = CivilDay(knownYear: year, month: month, day: day)
                    if civil.number != expected || civil.components != (year, month, day) {
                        Issue.record("\(year)-\(month)-\(day)")
                        return
                    }
                    expected += 1
                }
            }
        }
    }

    @Test func refusesDaysThatDoNotExist() {
        #expect(CivilDay(year: 2026, month: 2, day: 29) == nil)
        #expect(CivilDay(year: 2028, month: 2, day: 29) != nil)
        #expect(CivilDay(year: 2100, month: 2, day: 29) == nil)
        #expect(CivilDay(year: 2000, month: 2, day: 30) == nil)
        #expect(CivilDay(year: 2026, month: 4, day: 31) == nil)
        #expect(CivilDay(year: 2026, month: 13, day: 1) == nil)
        #expect(CivilDay(year: 0, month: 1, day: 1) == nil)
        #expect(CivilDay(year: .max, month: .max, day: .max) == nil)
        for text in [
            "", "2026-7-20", "20260720", "2026-07-20 ", "0026-07-20", "3000-01-01", "2026-07-32", "+026-07-20",
        ] {
            #expect(CivilDay(iso: text) == nil, "\(text)")
        }
    }

    @Test func knowsItsWeek() throws {
        let day = try #require(CivilDay(iso: "2027-01-03"))
        #expect(day.weekday == .sunday)
        #expect(day.isoWeek == 53 && day.isoWeekYear == 2026)
        #expect((day + 1).isoWeek == 1 && (day + 1).isoWeekYear == 2027)
        #expect((day + 1) - day == 1 && day - 3 == CivilDay(iso: "2026-12-31"))
        #expect(try JSONDecoder().decode([CivilDay].self, from: JSONEncoder().encode([day])) == [day])
        #expect(day.iso == "2027-01-03")
    }
}
