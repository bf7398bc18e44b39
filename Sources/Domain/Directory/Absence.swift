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

    /// Who does the work on `day`: the first of `people` who is there, or whose stand-in is, and so on along the chain.
    ///
    /// - Parameters:
    ///   - worksHere: where nobody works here any more, a chain ends as if nobody stood in.
    ///   - mayTake: whether the one who is there may be given the work; else the next of `people` is asked.
    /// - Returns: nil when nobody of all these is there, also when they stand in for each other in a circle.
    public func present(
        _ people: [ID<User>], on day: CivilDay, worksHere: (ID<User>) -> Bool,
        mayTake: (ID<User>) -> Bool = { _ in true }
    ) -> ID<User>? {
        // Where one chain has led nowhere, no other gets further.
        var seen: Set<ID<User>> = []
        for candidate in people {
            var next: ID<User>? = candidate
            while let person = next, worksHere(person), seen.insert(person).inserted {
                guard let away = absence(of: person, on: day) else {
                    if mayTake(person) { return person }
                    break
                }
                next = away.substitute
            }
        }
        return nil
    }
}
