import Testing

@testable import Domain

@Suite struct AbsenceTests {
    private let kari = ID<User>(1)
    private let per = ID<User>(2)
    private let ida = ID<User>(3)
    private let day = CivilDay(knownYear: 2026, month: 7, day: 20)

    private func absence(_ user: ID<User>, _ days: ClosedRange<Int>, _ substitute: ID<User>? = nil) throws -> Absence {
        try #require(
            Absence(
                id: ID(Int64(days.lowerBound + 100)), user: user, first: day + days.lowerBound,
                last: day + days.upperBound, substitute: substitute))
    }

    @Test func nobodyIsAwayBackwardsOrStandsInForThemselves() {
        #expect(Absence(id: ID(1), user: kari, first: day, last: day - 1) == nil)
        #expect(Absence(id: ID(1), user: kari, first: day, last: day, substitute: kari) == nil)
    }

    @Test func thePersonDoesTheirWorkExceptOnTheDaysAway() throws {
        let away = [try absence(kari, 0...4, per)]
        let who = (-1...5).map { away.present(kari, on: day + $0) }
        #expect(who == [kari, per, per, per, per, per, kari])
    }

    @Test func theSubstitutesSubstituteStandsIn() throws {
        let away = [try absence(kari, 0...4, per), try absence(per, 2...3, ida)]
        #expect((0...4).map { away.present(kari, on: day + $0) } == [per, per, ida, ida, per])
    }

    @Test func theUnitsOwnPeopleComeAfterThat() throws {
        let away = [try absence(kari, 0...4), try absence(per, 0...4)]
        #expect(away.present(kari, on: day, else: [per, ida]) == ida)
        #expect(away.present(nil, on: day, else: [per, ida]) == ida)
        #expect(away.present(kari, on: day, else: [per]) == nil)
    }

    @Test func aCircleEnds() throws {
        let away = [try absence(kari, 0...4, per), try absence(per, 0...4, kari)]
        #expect(away.present(kari, on: day) == nil)
        #expect(away.present(kari, on: day, else: [ida]) == ida)
    }

    @Test func theLongerOfTwoAbsencesSaysWhoStandsIn() throws {
        let away = [try absence(kari, 0...1, per), try absence(kari, 1...4, ida)]
        #expect(away.present(kari, on: day) == per)
        #expect(away.present(kari, on: day + 1) == ida)
    }
}
