import Database
import Domain

/// The table `retention_rules`, of which nothing is changed but that one was taken back; and what they have erased.
extension RetentionFacade {
    /// The rule that holds today; nil where none was ever set.
    func rule(of kept: RetentionClass) throws -> RetentionRule? {
        try rule(of: kept, "from_day <= \(today.number)")
    }

    /// The rule that will hold, and can be taken back until then.
    func pendingRule(of kept: RetentionClass) throws -> RetentionRule? {
        try rule(of: kept, "from_day > \(today.number)")
    }

    private func rule(of kept: RetentionClass, _ condition: SQL) throws -> RetentionRule? {
        try tx.row(
            """
            SELECT * FROM retention_rules WHERE municipality = \(tenant) AND class = \(kept.rawValue)
                AND withdrawn_by IS NULL AND \(condition)
            ORDER BY id DESC LIMIT 1
            """
        ).map(RetentionRule.init)
    }

    /// In place of what holds, and of what was to hold.
    func set(of kept: RetentionClass, months: Int?, decidedBy: String, decision: String) throws {
        try withdraw(of: kept)
        let before = try rule(of: kept)?.months
        // What was to hold is taken back by it, and nothing else changed.
        if months == before { return }
        let from = RetentionRule.start(of: months, after: before, on: today)
        try tx.run(
            """
            INSERT INTO retention_rules (municipality, id, class, months, decided_by, decision, from_day, set_by)
            VALUES (\(tenant), \(newID(of: RetentionRule.self)), \(kept.rawValue), \(months), \(decidedBy), \(decision),
                \(from.number), \(try user.id))
            """)
    }

    /// Takes back what does not hold yet.
    ///
    /// - Returns: false when there was nothing.
    @discardableResult
    func withdraw(of kept: RetentionClass) throws -> Bool {
        try tx.run(
            """
            UPDATE retention_rules SET withdrawn_by = \(try user.id)
            WHERE municipality = \(tenant) AND class = \(kept.rawValue) AND withdrawn_by IS NULL
                AND from_day > \(today.number)
            """) > 0
    }

    /// The last run of a class, and what it erased.
    func lastErasure(of kept: RetentionClass) throws -> (at: Instant, count: Int)? {
        let row = try tx.row(
            """
            SELECT erasures.id, erasures.number FROM erasures JOIN retention_rules rules
                ON rules.municipality = erasures.municipality AND rules.id = erasures.rule_id
            WHERE erasures.municipality = \(tenant) AND rules.class = \(kept.rawValue)
            ORDER BY erasures.id DESC LIMIT 1
            """)
        return try row.map { ((try $0["id"] as ID<Erasure>).madeAt, try $0["number"]) }
    }

    /// By which rule something was erased.
    func rule(of erasure: ID<Erasure>) throws -> RetentionRule? {
        try tx.row(
            """
            SELECT rules.* FROM erasures JOIN retention_rules rules
                ON rules.municipality = erasures.municipality AND rules.id = erasures.rule_id
            WHERE erasures.municipality = \(tenant) AND erasures.id = \(erasure)
            """
        ).map(RetentionRule.init)
    }
}

extension RetentionRule {
    /// From a row of the table `retention_rules`.
    init(_ row: Row) throws {
        self.init(
            id: try row["id"], kept: try row["class"], months: try row["months"], decidedBy: try row["decided_by"],
            decision: try row["decision"], from: CivilDay(number: try row["from_day"]))
    }
}

extension RetentionClass: SQLConvertible {}
