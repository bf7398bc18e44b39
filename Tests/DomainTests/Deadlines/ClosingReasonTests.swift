import Testing

@testable import Domain

/// Why something is due when it is.
@Suite struct ClosingReasonTests {
    private func day(_ iso: String) throws -> CivilDay { try #require(CivilDay(iso: iso)) }

    @Test func everyClosedDayHasAReasonAndNoOpenDayHasOne() throws {
        for country in Country.allCases {
            var calendar = WorkingCalendar.standard(country)
            let first = try day("2026-01-01")
            calendar.closingDays = [first + 40]
            calendar.halfDays = [first + 50: .noon, first + 51: .midnight]
            for number in 0..<730 {
                let day = first + number
                #expect((calendar.closingReason(on: day) == nil) == calendar.isWorkingDay(day), "\(day)")
                let isEarly = calendar.officeHours(on: day) != calendar.week[day.weekday]
                if calendar.isWorkingDay(day) {
                    #expect((calendar.earlyClosing(on: day) != nil) == isEarly, "\(day)")
                }
            }
        }
    }

    @Test func theReasonsAreTold() throws {
        var calendar = WorkingCalendar.standard(.norway)
        calendar.closingDays = [try day("2026-05-15")]
        calendar.halfDays = [try day("2026-06-01"): .noon]
        #expect(calendar.closingReason(on: try day("2026-05-14")) == .publicHoliday(.ascensionDay))
        #expect(calendar.closingReason(on: try day("2026-05-15")) == .own)
        #expect(calendar.closingReason(on: try day("2026-05-16")) == .weekday)
        #expect(calendar.earlyClosing(on: try day("2026-06-01")) == .own)
        #expect(calendar.earlyClosing(on: try day("2026-12-24")) == .customary(.christmasEve))
        #expect(WorkingCalendar.standard(.sweden).closingReason(on: try day("2026-12-24")) == .customary(.christmasEve))
        let closed = calendar.closedDays(after: try day("2026-05-13"), before: try day("2026-05-18"))
        #expect(closed.map(\.day.iso) == ["2026-05-14", "2026-05-15", "2026-05-16", "2026-05-17"])
        #expect(calendar.closedDays(after: try day("2026-05-13"), before: try day("2026-05-14")).isEmpty)
    }

    @Test func aComplaintsCategoryHasItsTimeForTheAnswer() {
        let targets = ServiceTargets()
        var category = Category(id: ID(1), names: [:], targets: TargetOverride(feedback: 8))
        #expect(targets.overridden(by: category).feedback == ServiceTarget(8))
        #expect(targets.overridden(by: category).complaint == ServiceTarget(5))
        category.isComplaint = true
        #expect(targets.overridden(by: category).complaint == ServiceTarget(8))
    }
}
