import Testing

@testable import Domain

/// New reports are looked at every day, holidays too (R4.5).
@Suite struct DailyLookTests {
    /// Saturday 18 July 2026, 00:00 UTC, and the days after it.
    private let saturday = CivilDay(number: 20652)

    private func at(_ day: Int, _ hour: Int) -> Instant {
        Instant(milliseconds: Int64(saturday.number + day) * 86_400_000 + Int64(hour) * 3_600_000)
    }

    /// Days from Saturday on; each as the hours of its last report and its last look.
    private func missed(_ days: [(report: Int?, look: Int?)], isWaiting: Bool = false) -> [Int] {
        days.enumerated().map { number, hours in
            ReportDay(
                day: saturday + number, lastReport: hours.report.map { at(number, $0) },
                lastLook: hours.look.map { at(number, $0) })
        }.withoutLook(isWaiting: isWaiting).map { $0 - saturday }
    }

    @Test func aDayWithoutReportsNeedsNoLook() {
        #expect(missed([(nil, nil), (nil, 9), (nil, nil)]) == [])
    }

    @Test func reportsLieUntilSomebodyLooksAlsoOnHolidays() {
        #expect(missed([(8, nil), (nil, nil), (nil, 9), (nil, nil)]) == [0, 1])
    }

    @Test func whatComesAfterTheLookIsTheNextDaysMatter() {
        #expect(missed([(20, 15), (nil, nil), (nil, 9)]) == [1])
        #expect(missed([(20, 15), (nil, 8), (nil, nil)]) == [])
        #expect(missed([(15, 15)]) == [])
    }

    @Test func whatLayThereBeforeGoesOnLyingThere() {
        #expect(missed([(nil, nil), (nil, 9)], isWaiting: true) == [0])
        #expect(missed([], isWaiting: true) == [])
    }
}
