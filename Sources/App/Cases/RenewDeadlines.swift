import Database
import Domain

/// Reckons stored deadlines anew, and stores them where they differ: lists are read by them, and they follow from the
/// calendar, the municipality's targets and what units and categories set. Does nothing the second time.
///
/// What has been said of a deadline moves along with it, and what was said of one that is no more leaves the bell.
struct RenewDeadlines: TaskKind {
    static let kind = "renew_deadlines"
    static let lane = TaskLane.long
    /// What held before a change is what the change before it left.
    static let isInOrder = true

    /// Before they were changed; nil when they were not, or nobody knows.
    var before: DeadlineRules?
    /// Only the cases with this category; nil for all.
    var category: ID<Category>?
    /// Only the cases of this unit; nil for all.
    var unit: ID<Unit>?
    /// The last case that was looked at.
    private var after: ID<Case>?

    init(since before: DeadlineRules? = nil, of category: ID<Category>? = nil, in unit: ID<Unit>? = nil) {
        self.before = before
        self.category = category
        self.unit = unit
    }

    /// Cases of one step.
    static let portion = 500

    mutating func perform(in op: Operation) throws -> TaskStep {
        let standing = try standingCases(in: op)
        // Only those that change are locked, and then looked at again.
        let found = try op.deadlines.outdated(among: standing, lock: "").map(\.id)
        let outdated = try op.deadlines.outdated(among: found, lock: op.tx.dialect.forUpdate)
        for subject in outdated { try op.deadlines.renew(of: subject, since: before) }
        after = standing.last ?? after
        return TaskStep(count: outdated.count, isOver: standing.count < Self.portion)
    }

    private func standingCases(in op: Operation) throws -> [ID<Case>] {
        let ofCategory: SQL = category.map { "category_id = \($0)" } ?? "1 = 1"
        let inUnit: SQL = unit.map { "unit_id = \($0)" } ?? "1 = 1"
        // By the index of those that have deadlines, and not by that of all ids: the sums see to that.
        return try op.tx.rows(
            """
            SELECT id FROM cases WHERE municipality = \(op.tenant) AND \(StoredDeadlines.standing) AND \(ofCategory)
                AND \(inUnit) AND id + 0 > \(after?.rawValue ?? .min)
            ORDER BY id + 0 LIMIT \(Self.portion)
            """
        ).map { try $0["id"] }
    }
}

extension DeadlineFacade {
    /// After the rules were changed, in the same transaction: the first cases at once, many in portions afterwards.
    ///
    /// - Parameter before: the rules before the change; this operation knows those after it.
    func renew(
        since before: DeadlineRules, of category: ID<Category>? = nil, in unit: ID<Unit>? = nil
    ) throws {
        var task = RenewDeadlines(since: before, of: category, in: unit)
        if try !task.perform(in: op).isOver { try op.tasks.enqueue(task) }
    }

    /// Whether deadlines are still being reckoned anew.
    var isRenewingDeadlines: Bool {
        get throws {
            try tx.row(
                """
                SELECT 1 FROM tasks WHERE municipality = \(tenant) AND kind = \(RenewDeadlines.kind)
                    AND state IN ('waiting', 'running') LIMIT 1
                """) != nil
        }
    }

    fileprivate func renew(of subject: Case, since before: DeadlineRules?) throws {
        var subject = subject
        let moved = before.map { before in
            subject.moveReminders(
                from: before.running(subject), to: directory.rules.running(subject), directory.targets(for: subject),
                directory.calendar, at: now)
        }
        // The case itself has not changed, so neither does its version.
        try tx.send(
            """
            UPDATE cases SET (\(StoredDeadlines.columns)) = (\(StoredDeadlines(of: subject, in: directory).values)),
                reminded = \(subject.remindedText)
            WHERE municipality = \(tenant) AND id = \(subject.id)
            """)
        for (from, to) in moved ?? [] { try moveAlerts(of: subject.id, from: from, to: to) }
        if !subject.reminded.isEmpty { try op.alerts.settle(of: subject) }
    }

    private func moveAlerts(of subject: ID<Case>, from: Reminder, to: Reminder) throws {
        let same: SQL =
            """
            municipality = \(tenant) AND case_id = \(subject) AND kind = \(Alert.Kind.deadline(to.kind)) AND step = \(to.step)
            """
        try tx.send(
            """
            UPDATE alerts SET due_at = \(to.due) WHERE \(same) AND due_at = \(from.due)
                AND NOT EXISTS (SELECT 1 FROM alerts WHERE \(same) AND due_at = \(to.due))
            """)
    }

    /// Those whose deadlines should be others than are stored.
    fileprivate func outdated(among ids: [ID<Case>], lock: SQL) throws -> [Case] {
        if ids.isEmpty { return [] }
        return try tx.rows(
            """
            SELECT * FROM cases WHERE municipality = \(tenant) AND id IN \(list: ids) AND \(StoredDeadlines.standing)
            ORDER BY id\(lock)
            """
        ).compactMap { row in
            let read = try op.cases.readable(row) { (subject: try Case($0), stored: try StoredDeadlines($0)) }
            return read.flatMap { StoredDeadlines(of: $0.subject, in: directory) == $0.stored ? nil : $0.subject }
        }
    }
}
