import Testing

@testable import Domain

@Suite struct RetentionRuleTests {
    private func day(_ iso: String) throws -> CivilDay { try #require(CivilDay(iso: iso)) }

    @Test(arguments: [
        ("2026-07-20", 1, "2026-06-20"), ("2026-03-31", 1, "2026-02-28"), ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"), ("2026-01-15", 12, "2025-01-15"), ("2026-01-15", 13, "2024-12-15"),
        ("2024-02-29", 12, "2023-02-28"), ("2026-07-20", 1_200, "1926-07-20"),
    ])
    func monthsAreCountedByTheCalendar(_ today: String, _ months: Int, _ before: String) throws {
        #expect(try day(today).before(months: months) == day(before))
    }

    /// What erases more than before can be taken back for a week; what keeps more holds at once.
    @Test(
        arguments: [
            (12, nil, 7), (12, 24, 7), (24, 12, 0), (12, 12, 0), (nil, 12, 0), (nil, nil, 0),
        ] as [(Int?, Int?, Int)])
    func whatErasesMoreWaits(_ months: Int?, _ before: Int?, _ days: Int) throws {
        let today = try day("2026-07-20")
        #expect(RetentionRule.start(of: months, after: before, on: today) == today + days)
    }

    @Test func onlyWhatHasMonthsErases() throws {
        func rule(_ months: Int?) throws -> RetentionRule {
            RetentionRule(
                id: ID(1), kept: .cases, months: months, decidedBy: "The council", decision: "1",
                from: try day("2026-01-01"))
        }
        #expect(try rule(nil).cutoff(on: day("2026-07-20")) == nil)
        #expect(try rule(2).cutoff(on: day("2026-07-20")) == day("2026-05-20"))
    }

    @Test func whatIsProposedMayBeSet() {
        for kept in RetentionClass.allCases { #expect(kept.months.contains(kept.proposedMonths)) }
        #expect(!RetentionClass.readings.months.contains(12), "somebody must have time to ask who has read")
    }

    @Test func anIDTellsWhenItWasMade() throws {
        let at = Instant(milliseconds: 1_784_531_520_123)
        var ids = IDSequence(node: 5)
        let id: ID<Case> = ids.next(at: at)
        #expect(id.madeAt == at)
        #expect(ID<Case>.first(at: at) <= id && id < ID<Case>.first(at: at.adding(milliseconds: 1)))
    }
}
