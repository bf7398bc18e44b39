import Database
import Domain

/// What a report is about, and for whom: the cases of one `FollowUpReport` within what the reader may see.
struct FollowUpQuery: Sendable {
    var report: FollowUpReport
    var scope: CaseScope
    /// Only what these units are in charge of; nil for all.
    var units: Set<ID<Unit>>?

    /// How many there are in one unit.
    struct Sum: Sendable, Hashable {
        var unit: ID<Unit>
        var total: Int
        /// Past a deadline.
        var late: Int
        /// Closed, and somebody is still to be told, or a measure to be done.
        var closed = 0
        /// Of the overdue report alone, as what follows.
        var unanswered = 0
        var withoutMeasures = 0
        var untold = 0
    }

    /// The sums of all units that have something, by name.
    func sums(in op: Operation) throws -> [Sum] {
        let shortcomings: SQL =
            report == .overdue
            ? """
            , sum(CASE WHEN cases.state <> 'closed' AND cases.feedback_at IS NULL AND cases.settled_at IS NULL
                    THEN 1 ELSE 0 END) AS unanswered,
                sum(CASE WHEN cases.state = 'closed' OR \(Self.hasMeasures) THEN 0 ELSE 1 END) AS without_measures
            """ : ""
        let rows = try op.tx.rows(
            """
            SELECT \(UnitInCharge.column(centre: op.municipality.centre)) AS unit, count(*) AS total,
                sum(CASE WHEN \(StoredDeadlines.late(at: op.now)) THEN 1 ELSE 0 END) AS late,
                sum(CASE WHEN cases.state = 'closed' THEN 1 ELSE 0 END) AS closed\(shortcomings)
            FROM cases WHERE \(conditions(in: op)) GROUP BY 1
            """)
        let sums = try rows.map { row in
            var sum = Sum(
                unit: try row["unit"], total: try row["total"], late: try row["late"], closed: try row["closed"])
            if report == .overdue {
                sum.unanswered = try row["unanswered"]
                sum.withoutMeasures = try row["without_measures"]
                sum.untold = sum.closed
            }
            return sum
        }
        return sums.sorted(in: op.directory.alphabet) { op.directory.name(of: $0.unit) }
    }

    /// The most urgent cases that can be read.
    func readableLines(limit: Int, in op: Operation) throws -> [Line] {
        try rows(limit: limit, in: op).compactMap { row in
            try op.cases.readable(row) { try Line($0, at: op.now, in: op) }
        }
    }

    /// The most urgent cases, after the one where the last portion ended.
    func lines(of unit: ID<Unit>? = nil, after: CaseList.Cursor? = nil, limit: Int, in op: Operation) throws -> [Line] {
        try rows(of: unit, after: after, limit: limit, in: op).map { try Line($0, at: op.now, in: op) }
    }

    private func rows(
        of unit: ID<Unit>? = nil, after: CaseList.Cursor? = nil, limit: Int, in op: Operation
    ) throws -> [Row] {
        var all: [SQL] = [conditions(in: op)]
        if let unit { all.append(UnitInCharge.isAmong([unit], centre: op.municipality.centre)) }
        if let after { all.append(after.following) }
        return try op.tx.rows(
            """
            SELECT cases.*, CASE WHEN \(Self.hasMeasures) THEN 1 ELSE 0 END AS has_measures
            FROM cases WHERE \(SQL.joined(all, separator: " AND "))
            ORDER BY cases.list_order, cases.id LIMIT \(limit)
            """)
    }

    /// One case in the report.
    struct Line: Sendable {
        var shown: Case
        var due: Deadline?
        var firstAnswerDue: Instant
        var hasMeasures: Bool
        var shortcomings: [Shortcoming]
        /// By what its lateness is told: in the overdue report the first answer, while the case is open.
        func measuredFrom(in report: FollowUpReport) -> Instant? {
            report == .overdue && shown.state.isOpen ? firstAnswerDue : due?.at
        }

        /// Where the next portion begins, as stored.
        var cursor: CaseList.Cursor

        init(_ row: Row, at now: Instant, in op: Operation) throws {
            shown = try Case(row)
            due = op.cases.pressing(shown)
            let stored: Instant? = try row["first_answer_due_at"]
            firstAnswerDue = stored ?? op.directory.firstAnswerDue(shown)
            hasMeasures = try row["has_measures"]
            shortcomings = shown.shortcomings(
                firstAnswerDue: firstAnswerDue, hasMeasures: hasMeasures, isLate: due.map { $0.at < now } ?? false,
                at: now)
            cursor = .init(order: try row["list_order"] ?? 0, id: try row["id"])
        }
    }

    private static let hasMeasures: SQL = """
        EXISTS (SELECT 1 FROM measures WHERE measures.municipality = cases.municipality AND measures.case_id = cases.id\(SQL.forEachRow))
        """

    private func conditions(in op: Operation) -> SQL {
        var all: [SQL] = ["cases.municipality = \(op.tenant)", scope.condition, StoredDeadlines.standing]
        if let units { all.append(UnitInCharge.isAmong(units, centre: op.municipality.centre)) }
        // As `Case.shortcomings`.
        if report == .overdue {
            all.append(
                """
                ((cases.state = 'closed' AND cases.untold_since IS NOT NULL AND cases.list_order < \(op.now))
                    OR (cases.state <> 'closed' AND cases.first_answer_due_at < \(op.now) AND cases.asked_at IS NULL
                        AND ((cases.feedback_at IS NULL AND cases.settled_at IS NULL) OR NOT \(Self.hasMeasures))))
                """)
        }
        return SQL.joined(all, separator: " AND ")
    }
}
