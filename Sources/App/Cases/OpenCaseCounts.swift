import Database
import Domain

/// How many open cases there are, for the numbers beside the lists. Counted for the whole municipality at most once a
/// second, unless a colleague has changed something, and shared by everybody; what each may see is added up from the
/// groups.
final class OpenCaseCounts: Sendable {
    private let kept: KeptCounts<Counts>

    init(lifetime: Duration = .seconds(1)) { kept = KeptCounts(lifetime: lifetime) }

    /// A number of cases that have all of this in common: open ones, and closed ones that still have a deadline.
    struct Group: Sendable {
        var unit: ID<Unit>
        var handler: ID<User>?
        var isNew: Bool
        var isClosed: Bool
        var isConfidential: Bool
        var total: Int
        var matching: [CaseFilter: Int]
    }

    struct Counts: Sendable {
        var groups: [Group]
        /// The contact centre, which has what is new.
        var centre: ID<Unit>

        func intake(_ user: User) -> Int { sum(user) { $0.isNew ? $0.total : 0 } }
        func mine(_ user: User) -> Int {
            sum(user) { group in
                group.handler.map(user.handlers.contains) == true ? group.total : 0
            }
        }
        func unit(_ id: ID<Unit>, _ user: User) -> Int { sum(user) { $0.unit == id ? $0.total : 0 } }
        /// How many of the unit's are closed, and something is left to do.
        func closed(unit id: ID<Unit>, _ user: User) -> Int {
            sum(user) { $0.unit == id && $0.isClosed ? $0.total : 0 }
        }
        func filter(_ filter: CaseFilter, _ user: User) -> Int { sum(user) { $0.matching[filter] ?? 0 } }

        /// How many of one unit's cases match.
        func filter(_ filter: CaseFilter, unit: ID<Unit>, _ user: User) -> Int {
            sum(user) { $0.unit == unit ? $0.matching[filter] ?? 0 : 0 }
        }

        /// As `CaseScope`, but for cases that were only registered by the user.
        private func sum(_ user: User, _ count: (Group) -> Int) -> Int {
            let sight = user.sight(centre: centre)
            return groups.reduce(0) { sum, group in
                let facts = Sight.Facts(
                    unit: group.unit, handler: group.handler, isUndistributed: group.isNew,
                    isConfidential: group.isConfidential)
                return sight.has(facts) ? sum + count(group) : sum
            }
        }
    }

    func current(
        in op: Operation, counting count: (Operation) throws -> Counts = OpenCaseCounts.count
    ) throws -> Counts {
        try kept.current(in: op, counting: count)
    }

    func forget(_ municipality: ID<Municipality>) { kept.forget(municipality) }

    static func count(in op: Operation) throws -> Counts {
        let columns = CaseFilter.allCases.map { filter -> SQL in
            "sum(CASE WHEN \(filter.condition(at: op.now)) THEN 1 ELSE 0 END) AS \(filter.column)"
        }
        let rows = try op.tx.rows(
            """
            SELECT unit_id, handler_id, state, is_confidential, count(*) AS total, \(SQL.joined(columns))
            FROM cases WHERE municipality = \(op.tenant) AND \(StoredDeadlines.standing)
            GROUP BY unit_id, handler_id, state, is_confidential
            """)
        return Counts(
            groups: try rows.map { row in
                var matching: [CaseFilter: Int] = [:]
                for filter in CaseFilter.allCases { matching[filter] = try row[filter.name] }
                return Group(
                    unit: try row["unit_id"], handler: try row["handler_id"], isNew: try row["state"] == CaseState.new,
                    isClosed: try row["state"] == CaseState.closed,
                    isConfidential: try row["is_confidential"], total: try row["total"], matching: matching)
            }, centre: op.municipality.centre)
    }
}

extension CaseFilter {
    fileprivate var name: String { "is_" + rawValue }

    fileprivate var column: SQL {
        switch self {
        case .notAcknowledged: "is_not_acknowledged"
        case .awaitingFeedback: "is_awaiting_feedback"
        case .parked: "is_parked"
        case .late: "is_late"
        case .acute: "is_acute"
        case .untold: "is_untold"
        }
    }
}
