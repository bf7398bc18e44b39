/// Somebody would see the confidential cases of a unit who did not before, or become somebody who may say yes to that.
///
/// Nobody gives themselves, or an account in their hands, sight of what is confidential (R1.7): until a second person has
/// said yes, it waits.
public struct SightGain: Sendable, Hashable {
    public var person: ID<User>
    /// Nil: the right to be the second person for others, which comes with managing people.
    public var unit: ID<Unit>?
    /// Who made the change it follows from; nil for whoever works on the server itself.
    public var changer: ID<User>?

    public init(person: ID<User>, unit: ID<Unit>?, changer: ID<User>?) {
        self.person = person
        self.unit = unit
        self.changer = changer
    }
}

/// Somebody who could say yes or no to a `SightGain`, and the rule by which they may.
public struct SecondPerson: Sendable, Hashable {
    public var id: ID<User>
    /// Units they lead, and all that lie below.
    public var leads: Set<ID<Unit>>
    /// Units whose confidential cases they see, beyond doubt.
    public var sees: Set<ID<Unit>>
    public var managesPeople: Bool
    /// Nobody's yes is missing to their managing people: neither was that right new, nor was their password set by
    /// somebody else. An account that the changer made, or can log in to, is not a second person.
    public var isVouchedFor: Bool

    public init(
        id: ID<User>, leads: Set<ID<Unit>> = [], sees: Set<ID<Unit>> = [], managesPeople: Bool = false,
        isVouchedFor: Bool = true
    ) {
        self.id = id
        self.leads = leads
        self.sees = sees
        self.managesPeople = managesPeople
        self.isVouchedFor = isVouchedFor
    }

    /// Why somebody is not the second person. Raw values stand in the words.
    public enum Refusal: String, Error, Sendable, CaseIterable {
        /// They would gain by it themselves.
        case gainsByIt = "gains_by_it"
        /// They made the change, so they are the first person.
        case madeTheChange = "made_the_change"
        /// They lead neither the unit nor one above, and do not manage people.
        case mayNot = "may_not"
        /// They would have the right, but it waits for a second person itself.
        case waitsThemselves = "waits_themselves"
    }

    /// Nil when they may say yes or no: neither who made the change nor who gains by it, but the unit's leader, the
    /// leader of a unit above, or another person who manages people.
    public func refusal(toDecide gain: SightGain) -> Refusal? {
        if id == gain.person { return .gainsByIt }
        if id == gain.changer { return .madeTheChange }
        let isLeader = gain.unit.map(leads.contains) ?? false
        if isLeader, let unit = gain.unit, sees.contains(unit) { return nil }
        if managesPeople && isVouchedFor { return nil }
        return isLeader || managesPeople ? .waitsThemselves : .mayNot
    }
}
