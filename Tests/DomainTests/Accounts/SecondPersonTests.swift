import Domain
import Testing

/// Who may say yes to whom: every kind of person against every kind of gain.
@Suite struct SecondPersonTests {
    private static let unit: ID<Unit> = ID(1)
    private static let other: ID<Unit> = ID(2)
    private static let changer: ID<User> = ID(10)
    private static let gainer: ID<User> = ID(11)

    private static func person(
        _ id: Int64 = 12, leads: Bool = false, sees: Bool = false, manages: Bool = false, vouched: Bool = true
    ) -> SecondPerson {
        SecondPerson(
            id: ID(id), leads: leads ? [unit] : [], sees: sees ? [unit] : [other], managesPeople: manages,
            isVouchedFor: vouched)
    }

    private static let table:
        [(who: String, person: SecondPerson, unit: SecondPerson.Refusal?, right: SecondPerson.Refusal?)] =
            [
                ("anybody", person(), .mayNot, .mayNot),
                ("a member", person(sees: true), .mayNot, .mayNot),
                ("the leader", person(leads: true, sees: true), nil, .mayNot),
                ("a leader who waits", person(leads: true), .waitsThemselves, .mayNot),
                ("a manager of people", person(manages: true), nil, nil),
                ("a manager who waits", person(manages: true, vouched: false), .waitsThemselves, .waitsThemselves),
                ("a leader who waits and manages", person(leads: true, manages: true), nil, nil),
                (
                    "a leader who manages and waits for that",
                    person(leads: true, sees: true, manages: true, vouched: false), nil, .waitsThemselves
                ),
                ("the changer", person(10, leads: true, sees: true, manages: true), .madeTheChange, .madeTheChange),
                ("who gains", person(11, leads: true, sees: true, manages: true), .gainsByIt, .gainsByIt),
            ]

    @Test func eachMayDecideWhatIsNeitherTheirsNorTheirChange() {
        for (who, person, unit, right) in Self.table {
            let sight = SightGain(person: Self.gainer, unit: Self.unit, changer: Self.changer)
            #expect(person.refusal(toDecide: sight) == unit, "\(who), a unit")
            let say = SightGain(person: Self.gainer, unit: nil, changer: Self.changer)
            #expect(person.refusal(toDecide: say) == right, "\(who), the right")
        }
    }

    @Test func whoeverMakesAChangeForThemselvesIsNobodysSecondPerson() {
        let own = SightGain(person: Self.changer, unit: Self.unit, changer: Self.changer)
        #expect(Self.person(10, leads: true, sees: true, manages: true).refusal(toDecide: own) == .gainsByIt)
        #expect(Self.person(manages: true).refusal(toDecide: own) == nil)
    }

    @Test func leadingAnotherUnitIsNotEnough() {
        let leader = SecondPerson(id: ID(12), leads: [Self.other], sees: [Self.other, Self.unit])
        let gain = SightGain(person: Self.gainer, unit: Self.unit, changer: Self.changer)
        #expect(leader.refusal(toDecide: gain) == .mayNot)
    }
}
