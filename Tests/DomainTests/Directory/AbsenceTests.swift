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
        let who = (-1...5).map { away.present([kari], on: day + $0, worksHere: { _ in true }) }
        #expect(who == [kari, per, per, per, per, per, kari])
    }

    @Test func theSubstitutesSubstituteStandsIn() throws {
        let away = [try absence(kari, 0...4, per), try absence(per, 2...3, ida)]
        let who = (0...4).map { away.present([kari], on: day + $0, worksHere: { _ in true }) }
        #expect(who == [per, per, ida, ida, per])
    }

    /// Three people who are asked one after the other; `away` by who stands in for whom, 0 for nobody.
    struct Asked: Sendable {
        var away: [Int64: Int64]
        var gone: Set<Int64> = []
        var mayNot: Set<Int64> = []
        var found: Int64?
    }

    @Test(arguments: [
        Asked(away: [:], found: 1),
        Asked(away: [1: 0], found: 2),
        Asked(away: [1: 0, 2: 0, 3: 0], found: nil),
        // The stand-in of whoever comes second counts as much as that of the first.
        Asked(away: [1: 0, 2: 5], found: 5),
        Asked(away: [1: 4, 4: 5], found: 5),
        // Whoever has left does nothing, whether the work is theirs or they stand in.
        Asked(away: [:], gone: [1], found: 2),
        Asked(away: [1: 4], gone: [1], found: 2),
        Asked(away: [1: 4], gone: [4], found: 2),
        Asked(away: [1: 4, 4: 5], gone: [4], found: 2),
        Asked(away: [1: 0, 2: 4], gone: [3, 4], found: nil),
        // A circle ends, and so does one that another person's chain runs into.
        Asked(away: [1: 4, 4: 1], found: 2),
        Asked(away: [1: 2, 2: 1], found: 3),
        Asked(away: [1: 4, 4: 1, 2: 4], found: 3),
        // Whoever may not have it is passed by, and yet their own stand-in may.
        Asked(away: [:], mayNot: [1], found: 2),
        Asked(away: [1: 4], mayNot: [4], found: 2),
        Asked(away: [1: 4, 4: 5], mayNot: [1, 4], found: 5),
        Asked(away: [:], mayNot: [1, 2, 3], found: nil),
    ])
    func theFirstWhoIsThereIsFound(_ asked: Asked) throws {
        let away = try asked.away.map { person, substitute in
            try absence(ID(person), 0...0, substitute == 0 ? nil : ID(substitute))
        }
        let found = away.present(
            [kari, per, ida], on: day, worksHere: { !asked.gone.contains($0.rawValue) },
            mayTake: { !asked.mayNot.contains($0.rawValue) })
        #expect(found?.rawValue == asked.found)
    }

    @Test func theLongerOfTwoAbsencesSaysWhoStandsIn() throws {
        let away = [try absence(kari, 0...1, per), try absence(kari, 1...4, ida)]
        #expect(away.present([kari], on: day, worksHere: { _ in true }) == per)
        #expect(away.present([kari], on: day + 1, worksHere: { _ in true }) == ida)
    }
}
