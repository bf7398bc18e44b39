import Database
import Domain

/// Deadlines follow from the calendar, the municipality's targets and the category's. They are stored with each
/// case that has any, because lists are read by them; when one of the three changes, they are reckoned anew.
extension Operation {
    static let portion = 500

    /// Stores the deadlines of cases that have any anew where they differ, by the organisation as this operation knows it. Does
    /// nothing the second time.
    ///
    /// What has been said of a deadline moves along with it, and what was said of one that is no more leaves the bell.
    ///
    /// To be called in the transaction that changes the targets, so that both or neither are there after a crash.
    /// - Parameters:
    ///   - before: the organisation before the change; nil when there was none, or nobody knows.
    ///   - category: only the cases with this category; nil for all.
    ///   - unit: only the cases of this unit; nil for all.
    /// - Returns: how many were changed.
    @discardableResult
    func renewDeadlines(
        since before: Directory? = nil, of category: ID<Category>? = nil, in unit: ID<Unit>? = nil
    ) throws -> Int {
        let standing = try standingCases(of: category, in: unit)
        var renewed = 0
        for start in stride(from: 0, to: standing.count, by: Self.portion) {
            let portion = standing[start..<min(start + Self.portion, standing.count)]
            // Only those that change are locked, and then looked at again.
            let found = try outdated(among: portion, lock: "").map(\.id)
            for subject in try outdated(among: found[...], lock: tx.dialect.forUpdate) {
                try renewDeadlines(of: subject, since: before)
                renewed += 1
            }
        }
        return renewed
    }

    private func renewDeadlines(of subject: Case, since before: Directory?) throws {
        var subject = subject
        let moved = before.map { before in
            let (targets, calendar) = (directory.targets(for: subject), directory.calendar)
            return subject.moveReminders(
                from: subject.clocks.running(before.targets(for: subject), before.calendar),
                to: subject.clocks.running(targets, calendar), targets, calendar, at: now)
        }
        // The case itself has not changed, so neither does its version.
        try tx.send(
            """
            UPDATE cases SET (\(StoredDeadlines.columns)) = (\(StoredDeadlines(of: subject, in: directory).values)),
                reminded = \(subject.remindedText)
            WHERE municipality = \(tenant) AND id = \(subject.id)
            """)
        for (from, to) in moved ?? [] { try moveAlerts(of: subject.id, from: from, to: to) }
        if !subject.reminded.isEmpty { try settleAlerts(of: subject) }
    }

    private func moveAlerts(of subject: ID<Case>, from: Reminder, to: Reminder) throws {
        let same: SQL =
            "municipality = \(tenant) AND case_id = \(subject) AND kind = \(to.kind.rawValue) AND step = \(to.step.rawValue)"
        try tx.send(
            """
            UPDATE alerts SET due_at = \(to.due) WHERE \(same) AND due_at = \(from.due)
                AND NOT EXISTS (SELECT 1 FROM alerts WHERE \(same) AND due_at = \(to.due))
            """)
    }

    /// Whether any case has another deadline than it should.
    fileprivate func hasOutdatedDeadline() throws -> Bool {
        let standing = try standingCases()
        for start in stride(from: 0, to: standing.count, by: Self.portion)
        where try !outdated(among: standing[start..<min(start + Self.portion, standing.count)], lock: "").isEmpty {
            return true
        }
        return false
    }

    private func standingCases(of category: ID<Category>? = nil, in unit: ID<Unit>? = nil) throws -> [ID<Case>] {
        let ofCategory: SQL = category.map { "category_id = \($0)" } ?? "1 = 1"
        let inUnit: SQL = unit.map { "unit_id = \($0)" } ?? "1 = 1"
        return try tx.rows(
            """
            SELECT id FROM cases WHERE municipality = \(tenant) AND \(StoredDeadlines.standing) AND \(ofCategory) AND \(inUnit)
            """
        ).map { try $0["id"] }
    }

    /// Those whose deadlines should be others than are stored.
    private func outdated(among ids: ArraySlice<ID<Case>>, lock: SQL) throws -> [Case] {
        try tx.rows(
            """
            SELECT * FROM cases WHERE municipality = \(tenant) AND id IN \(list: Array(ids))
                AND \(StoredDeadlines.standing)
            ORDER BY id\(lock)
            """
        ).compactMap { row in
            let read = try readable(row) { (subject: try Case($0), stored: try StoredDeadlines($0)) }
            return read.flatMap { StoredDeadlines(of: $0.subject, in: directory) == $0.stored ? nil : $0.subject }
        }
    }
}

extension Installation {
    /// Finds what was stored by the targets that held a moment earlier, by another node while they were changed.
    ///
    /// - Returns: how many deadlines were changed.
    func renewDeadlines() async throws -> Int {
        try await inEachMunicipality { municipality in
            // Almost always there is nothing to do, and reading holds nobody up.
            guard try await read(municipality, { try $0.hasOutdatedDeadline() }) else { return 0 }
            return try await write(municipality) { try $0.renewDeadlines() }
        }
    }
}
