import Testing

@testable import Domain

/// When each report is due, and what an open case lacks.
@Suite struct FollowUpReportTests {
    private let norway = WorkingCalendar.standard(.norway)

    @Test(
        arguments: [
            // Monday 20 July 2026 and the days around it.
            (FollowUpReport.open, "2026-07-20", "2026-07-20"), (.open, "2026-07-19", nil),
            (.overdue, "2026-07-20", "2026-07-20"), (.overdue, "2026-07-23", "2026-07-20"),
            (.overdue, "2026-07-26", "2026-07-20"),
            // Easter Monday 2026 is 6 April: the week begins on Tuesday.
            (.overdue, "2026-04-06", nil), (.overdue, "2026-04-07", "2026-04-07"),
            (.overdue, "2026-04-10", "2026-04-07"),
            // 1 August 2026 is a Saturday; 1 January and 1 May are holidays.
            (.leader, "2026-08-01", nil), (.leader, "2026-08-03", "2026-08-03"), (.leader, "2026-08-31", "2026-08-03"),
            (.leader, "2026-01-01", nil), (.leader, "2026-01-02", "2026-01-02"), (.leader, "2026-05-04", "2026-05-04"),
            (.leader, "2026-07-31", "2026-07-01"),
        ] as [(FollowUpReport, String, String?)])
    func eachReportHasItsDay(_ report: FollowUpReport, _ day: String, _ due: String?) throws {
        let day = try #require(CivilDay(iso: day))
        #expect(report.dueDay(on: day, in: norway)?.iso == due)
    }

    @Test func everyPeriodOfAYearHasOneDueDayThatIsAWorkingDay() throws {
        let first = try #require(CivilDay(year: 2026, month: 1, day: 1))
        var days: [FollowUpReport: Set<CivilDay>] = [:]
        for number in 0..<365 {
            for report in FollowUpReport.allCases {
                guard let due = report.dueDay(on: first + number, in: norway) else { continue }
                #expect(norway.isWorkingDay(due) && due <= first + number)
                days[report, default: []].insert(due)
            }
        }
        #expect(days[.leader]?.count == 12)
        #expect((52...53).contains(days[.overdue]?.count ?? 0))
        #expect(days[.open]?.count == (0..<365).count { norway.isWorkingDay(first + $0) })
    }

    private func subject(_ change: (inout Case) -> Void = { _ in }) -> Case {
        var subject = Case(
            id: ID(1), number: CaseNumber(year: 26, sequence: 1), createdAt: Instant(milliseconds: 0), title: "t",
            category: nil, unit: ID(2))
        change(&subject)
        return subject
    }

    @Test func whatACaseLacksOnceItsTimeHasCome() {
        let (due, before, after) = (Instant(milliseconds: 10), Instant(milliseconds: 10), Instant(milliseconds: 11))
        let lacks = { (subject: Case, measures: Bool, now: Instant) in
            subject.shortcomings(firstAnswerDue: due, hasMeasures: measures, isLate: due < now, at: now)
        }
        #expect(lacks(subject(), false, before) == [])
        #expect(lacks(subject(), false, after) == [.firstAnswerLate, .measuresMissing])
        #expect(lacks(subject(), true, after) == [.firstAnswerLate])
        let answered = subject { $0.feedbackAt = before }
        #expect(lacks(answered, false, after) == [.measuresMissing])
        #expect(lacks(answered, true, after) == [])
        // Parking stops nothing; waiting for the citizen stops everything.
        #expect(lacks(subject { $0.state = .parked }, true, after) == [.firstAnswerLate])
        let asked = subject { ($0.state, $0.askedAt) = (.awaitingCitizen, before) }
        #expect(lacks(asked, false, after) == [])
        #expect(lacks(subject { $0.state = .awaitingCitizen }, true, after) == [.firstAnswerLate], "nobody was asked")
        #expect(lacks(subject { $0.settledAt = before }, true, after) == [], "nobody is to be told")
        let untold = subject { ($0.state, $0.untoldSince) = (.closed, before) }
        #expect(lacks(untold, false, after) == [.notTold] && lacks(untold, false, before) == [])
        #expect(lacks(subject { $0.state = .closed }, false, after) == [])
    }
}
