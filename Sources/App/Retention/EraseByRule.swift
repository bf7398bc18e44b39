import Database
import Domain

/// Erases what has been kept for as long as the municipality decided: every night, class after class, in portions of one
/// short transaction each. Does nothing where no rule holds, and what is erased is never found again: wherever it stops,
/// it goes on.
struct EraseByRule: TaskKind {
    static let kind = "erase_by_rule"
    static let lane = TaskLane.long
    static let isInOrder = true

    /// In one transaction.
    static let portion = 50

    /// What is left of this night. The people first: they go with the cases at the latest.
    private var left = RetentionClass.allCases
    /// The erasure of the class that is under way, and its rule: another one begins anew.
    private var erasure: ID<Erasure>?
    private var rule: ID<RetentionRule>?
    /// The indexes of the search out of whose files the erased words are still to be taken, after everything else.
    private var unpurged: [SearchKind] = []
    private var isPurgeBegun = false

    mutating func perform(in op: Operation) throws -> TaskStep {
        guard let kept = left.first else { return try purge(in: op) }
        let count = try eraseNext(of: kept, in: op)
        if count == 0 {
            left.removeFirst()
            (erasure, rule) = (nil, nil)
        } else if kept != .readings {
            unpurged = SearchKind.allCases
        }
        return TaskStep(count: count, isOver: left.isEmpty && unpurged.isEmpty)
    }

    private mutating func purge(in op: Operation) throws -> TaskStep {
        guard let kind = unpurged.first else { return TaskStep(count: 0, isOver: true) }
        isPurgeBegun = try SearchIndex.purge(
            kind, tenant: op.tenant.rawValue, isBegun: isPurgeBegun, in: op.tx)
        if !isPurgeBegun { unpurged.removeFirst() }
        return TaskStep(count: 0, isOver: unpurged.isEmpty)
    }

    private mutating func eraseNext(of kept: RetentionClass, in op: Operation) throws -> Int {
        guard let rule = try op.retention.rule(of: kept), let cutoff = rule.cutoff(on: op.today) else { return 0 }
        let isSure = try erasure != nil && self.rule == rule.id || op.hasRunLately(by: rule)
        if erasure == nil || self.rule != rule.id {
            (erasure, self.rule) = (try op.begin(by: rule), rule.id)
        }
        guard isSure, let erasure else { return 0 }
        let count = try op.retention.eraseRipe(
            kept, before: op.retention.startOfDay(cutoff), as: erasure, limit: Self.portion)
        try op.count(count, in: erasure)
        return count
    }
}

extension Operation {
    /// Days within which a rule must have had its turn before. After a jump of the clock everything looks old: then, and
    /// the first time at all, it is only noted, and a day later the clock has agreed with itself.
    private static let trusted = 3

    fileprivate func hasRunLately(by rule: RetentionRule) throws -> Bool {
        let (from, to) = (now.adding(days: -Self.trusted), now.adding(hours: -12))
        return try tx.row(
            """
            SELECT 1 FROM erasures WHERE municipality = \(tenant) AND rule_id = \(rule.id)
                AND id >= \(ID<Erasure>.first(at: from)) AND id < \(ID<Erasure>.first(at: to)) LIMIT 1
            """) != nil
    }

    fileprivate func begin(by rule: RetentionRule) throws -> ID<Erasure> {
        let id: ID<Erasure> = newID()
        try tx.run("INSERT INTO erasures (municipality, id, rule_id) VALUES (\(tenant), \(id), \(rule.id))")
        return id
    }

    fileprivate func count(_ erased: Int, in erasure: ID<Erasure>) throws {
        if erased == 0 { return }
        try tx.run(
            "UPDATE erasures SET number = number + \(erased) WHERE municipality = \(tenant) AND id = \(erasure)")
    }
}
