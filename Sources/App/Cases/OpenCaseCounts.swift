import Database
import Domain
import Synchronization

/// How many open cases there are, for the numbers beside the lists. Counted for the whole municipality at most once a
/// second and shared by everybody; what each may see is added up from the groups.
final class OpenCaseCounts: Sendable {
    /// Milliseconds for which a count is good.
    static let lifetime: Int64 = 1_000

    private struct Kept {
        var at: Instant
        var counts: Counts
    }

    private let kept = Mutex<[ID<Municipality>: Kept]>([:])

    /// A number of open cases that have all of this in common.
    struct Group: Sendable {
        var unit: ID<Unit>
        var handler: ID<User>?
        var isNew: Bool
        var isConfidential: Bool
        var total: Int
        var matching: [CaseFilter: Int]
    }

    struct Counts: Sendable {
        var groups: [Group]

        func intake(_ user: User) -> Int { sum(user) { $0.isNew ? $0.total : 0 } }
        func mine(_ user: User) -> Int { sum(user) { $0.handler == user.id ? $0.total : 0 } }
        func unit(_ id: ID<Unit>) -> Int { groups.reduce(0) { $0 + ($1.unit == id ? $1.total : 0) } }
        func filter(_ filter: CaseFilter, _ user: User) -> Int { sum(user) { $0.matching[filter] ?? 0 } }

        /// How many of one unit's cases match.
        func filter(_ filter: CaseFilter, unit: ID<Unit>) -> Int {
            groups.reduce(0) { $0 + ($1.unit == unit ? $1.matching[filter] ?? 0 : 0) }
        }

        /// As `CaseScope`, but for cases that were only registered by the user.
        private func sum(_ user: User, _ count: (Group) -> Int) -> Int {
            groups.reduce(0) { sum, group in
                let isVisible =
                    user.units.contains(group.unit)
                    || (!group.isConfidential && (user.may(.seeAllCases) || group.handler == user.id))
                return isVisible ? sum + count(group) : sum
            }
        }
    }

    func current(in op: Operation) throws -> Counts {
        if let known = kept.withLock({ $0[op.tenant] }), op.now >= known.at,
            op.now < known.at.adding(milliseconds: Self.lifetime)
        {
            return known.counts
        }
        let counts = try Self.count(in: op)
        kept.withLock { $0[op.tenant] = Kept(at: op.now, counts: counts) }
        return counts
    }

    /// After a change made here, so that whoever made it sees it counted.
    func forget(_ municipality: ID<Municipality>) {
        kept.withLock { $0[municipality] = nil }
    }

    private static func count(in op: Operation) throws -> Counts {
        let columns = CaseFilter.allCases.map { filter -> SQL in
            "sum(CASE WHEN \(filter.condition(at: op.now)) THEN 1 ELSE 0 END) AS \(filter.column)"
        }
        let rows = try op.tx.rows(
            """
            SELECT unit_id, handler_id, state, is_confidential, count(*) AS total, \(SQL.joined(columns))
            FROM cases WHERE municipality = \(op.tenant) AND state <> 'closed'
            GROUP BY unit_id, handler_id, state, is_confidential
            """)
        return Counts(
            groups: try rows.map { row in
                var matching: [CaseFilter: Int] = [:]
                for filter in CaseFilter.allCases { matching[filter] = try row[filter.name] }
                return Group(
                    unit: try row["unit_id"], handler: try row["handler_id"], isNew: try row["state"] == CaseState.new,
                    isConfidential: try row["is_confidential"], total: try row["total"], matching: matching)
            })
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
        }
    }
}
