/// Which cases a colleague may see (R1.7, R4.5), as data. The condition of every query, the answer about a case that is
/// known, and what is added up from counted groups are all made from it, so that they cannot come to differ.
public indirect enum Sight: Sendable, Hashable {
    case everything
    /// Not confidential.
    case open
    case unit(Set<ID<Unit>>)
    case handler(Set<ID<User>>)
    case registered(by: ID<User>)
    /// Nobody has passed it on yet: it is still the contact centre's.
    case undistributed
    case any([Sight])
    case all([Sight])

    /// What decides whether somebody may see a case.
    public struct Facts: Sendable, Hashable {
        public var unit: ID<Unit>
        public var handler: ID<User>?
        /// Nil also where it is not known; then nothing is seen because of it.
        public var registeredBy: ID<User>?
        public var isUndistributed: Bool
        public var isConfidential: Bool

        public init(
            unit: ID<Unit>, handler: ID<User>? = nil, registeredBy: ID<User>? = nil, isUndistributed: Bool = false,
            isConfidential: Bool
        ) {
            self.unit = unit
            self.handler = handler
            self.registeredBy = registeredBy
            self.isUndistributed = isUndistributed
            self.isConfidential = isConfidential
        }
    }

    public func has(_ facts: Facts) -> Bool {
        switch self {
        case .everything: true
        case .open: !facts.isConfidential
        case .unit(let units): units.contains(facts.unit)
        case .handler(let people): facts.handler.map(people.contains) == true
        case .registered(let user): facts.registeredBy == user
        case .undistributed: facts.isUndistributed
        case .any(let parts): parts.contains { $0.has(facts) }
        case .all(let parts): parts.allSatisfy { $0.has(facts) }
        }
    }
}

extension User {
    /// Confidential cases show only to those of their unit with confirmed sight. The others show to whoever sees all
    /// cases, to their unit, to their handler, to whoever stands in for these, and to who registered them. What nobody
    /// has passed on yet is the contact centre's as well.
    public func sight(centre: ID<Unit>) -> Sight {
        let work: [Sight] = [
            .unit(units.union(coveredUnits)), .handler(handlers), .registered(by: id),
        ]
        let others: Sight =
            may(.seeAllCases) ? .everything : .any(worksIn(centre) ? work + [.undistributed] : work)
        return .any([.unit(confidentialUnits), .all([.open, others])])
    }

    /// What is not kept from them because it is confidential, whatever else they may see.
    public var confidentialSight: Sight { .any([.open, .unit(confidentialUnits)]) }
}
