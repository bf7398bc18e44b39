import Database
import Domain

/// How many cases are stuck, by unit and kind, and where nobody looks at what comes in, for the watch page. Counting goes
/// through all of them, so it is done at most once in a few seconds, however many have the page open, unless a colleague
/// has changed something.
final class WatchCounts: Sendable {
    struct Counts: Sendable {
        var stuck: [ID<Unit>: [WatchKind: Int]] = [:]
        /// Days on which new reports lay there and nobody looked.
        var unlooked: [ID<Unit>: [CivilDay]] = [:]
    }

    /// A number of stuck cases that have all of this in common.
    private struct Group: Sendable {
        var unit: ID<Unit>
        /// Where it lies, which is not whose it is while the unit is only proposed.
        var owner: ID<Unit>
        var kind: WatchKind
        var isConfidential: Bool
        var count: Int
    }

    private struct Counted: Sendable {
        var groups: [Group]
        var unlooked: [ID<Unit>: UnlookedDays]
    }

    private let kept = KeptCounts<Counted>(lifetime: .seconds(5))

    /// Of what the reader may see, as `CaseScope` says for those who see all cases.
    func current(in op: Operation) throws -> Counts {
        let found = try kept.current(in: op) { op in
            Counted(groups: try Self.count(in: op), unlooked: try op.deadlines.unlookedDays())
        }
        let user = try op.user
        let visible = found.groups.filter {
            user.confidentialSight.has(Sight.Facts(unit: $0.owner, isConfidential: $0.isConfidential))
        }
        return Counts(
            stuck: visible.reduce(into: [:]) { $0[$1.unit, default: [:]][$1.kind, default: 0] += $1.count },
            unlooked: found.unlooked.reduce(into: [:]) { days, entry in
                let seen = entry.value.seen(by: user, in: entry.key)
                if !seen.isEmpty { days[entry.key] = seen }
            })
    }

    func forget(_ municipality: ID<Municipality>) { kept.forget(municipality) }

    private static func count(in op: Operation) throws -> [Group] {
        try op.tx.rows(
            """
            SELECT unit, owner, kind, is_confidential, count(*) AS total FROM (
                SELECT \(UnitInCharge.column(centre: op.municipality.centre)) AS unit, cases.unit_id AS owner,
                    \(WatchKind.kind(at: op.now)) AS kind, cases.is_confidential
                FROM cases WHERE cases.municipality = \(op.tenant) AND \(WatchKind.stuck(at: op.now))
            ) AS stuck GROUP BY unit, owner, kind, is_confidential
            """
        ).map { row in
            Group(
                unit: try row["unit"], owner: try row["owner"], kind: try row["kind"],
                isConfidential: try row["is_confidential"], count: try row["total"])
        }
    }
}

extension Installation {
    /// After a change made here, so that whoever made it sees it counted.
    func forgetCounts(of municipality: ID<Municipality>) {
        counts.forget(municipality)
        watchCounts.forget(municipality)
    }
}
