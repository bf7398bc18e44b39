/// Days on which somebody is away, and who stands in meanwhile (R4.5).
public struct Absence: Hashable, Sendable, Identifiable {
    public let id: ID<Absence>
    public var user: ID<User>
    public var first: CivilDay
    /// The last day away, itself included.
    public var last: CivilDay
    /// nil leaves it to the unit's own substitute.
    public var substitute: ID<User>?

    /// - Returns: nil when it ends before it begins, or when somebody would stand in for themselves.
    public init?(id: ID<Absence>, user: ID<User>, first: CivilDay, last: CivilDay, substitute: ID<User>? = nil) {
        guard first <= last, substitute != user else { return nil }
        self.id = id
        self.user = user
        self.first = first
        self.last = last
        self.substitute = substitute
    }
}

extension Sequence where Element == Absence {
    /// The absence of `user` on `day`; the one that ends last when several overlap.
    public func absence(of user: ID<User>, on day: CivilDay) -> Absence? {
        self.filter { $0.user == user && ($0.first...$0.last).contains(day) }.max { $0.last < $1.last }
    }

    /// Who does the work of `user` on `day`: the person, else the one who stands in, and so on along the chain; else the
    /// first of `others` who is there.
    ///
    /// - Returns: nil when nobody of all these is there, also when the substitutes stand in for each other in a circle.
    public func present(_ user: ID<User>?, on day: CivilDay, else others: [ID<User>] = []) -> ID<User>? {
        var seen: Set<ID<User>> = []
        var next = user
        while let person = next, seen.insert(person).inserted {
            guard let away = absence(of: person, on: day) else { return person }
            next = away.substitute
        }
        return others.first { absence(of: $0, on: day) == nil }
    }
}
