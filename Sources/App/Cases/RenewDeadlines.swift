import Database
import Domain

/// Deadlines follow from the calendar, the municipality's targets and the category's. They are stored with each open
/// case, because lists are read by them; when one of the three changes, they are reckoned anew.
extension Operation {
    static let portion = 500

    /// Stores the deadlines of open cases anew where they differ, by the organisation as this operation knows it. Does
    /// nothing the second time.
    ///
    /// To be called in the transaction that changes the targets, so that both or neither are there after a crash.
    /// - Parameters:
    ///   - category: only the cases with this category; nil for all.
    ///   - unit: only the cases of this unit; nil for all.
    /// - Returns: how many were changed.
    @discardableResult
    func renewDeadlines(of category: ID<Category>? = nil, in unit: ID<Unit>? = nil) throws -> Int {
        let open = try openCases(of: category, in: unit)
        var renewed = 0
        for start in stride(from: 0, to: open.count, by: Self.portion) {
            for changed in try outdated(among: open[start..<min(start + Self.portion, open.count)]) {
                let due = nextDue(changed)
                // The case itself has not changed, so neither does its version; whoever changed it meanwhile has also
                // reckoned its deadline.
                try tx.send(
                    """
                    UPDATE cases SET next_due_at = \(due?.at), next_due_kind = \(due?.kind),
                        list_order = \(changed.listOrder(due: firstDue(changed))), next_reminder_at = \(nextReminder(changed)),
                        first_answer_due_at = \(firstAnswerDue(changed))
                    WHERE municipality = \(tenant) AND id = \(changed.id) AND version = \(changed.version)
                    """)
                renewed += 1
            }
        }
        return renewed
    }

    /// Whether any open case has another deadline than it should.
    fileprivate func hasOutdatedDeadline() throws -> Bool {
        let open = try openCases()
        for start in stride(from: 0, to: open.count, by: Self.portion)
        where try !outdated(among: open[start..<min(start + Self.portion, open.count)]).isEmpty {
            return true
        }
        return false
    }

    private func openCases(of category: ID<Category>? = nil, in unit: ID<Unit>? = nil) throws -> [ID<Case>] {
        let ofCategory: SQL = category.map { "category_id = \($0)" } ?? "1 = 1"
        let inUnit: SQL = unit.map { "unit_id = \($0)" } ?? "1 = 1"
        return try tx.rows(
            """
            SELECT id FROM cases WHERE municipality = \(tenant) AND state <> 'closed' AND \(ofCategory) AND \(inUnit)
            """
        ).map { try $0["id"] }
    }

    private func outdated(among ids: ArraySlice<ID<Case>>) throws -> [Case] {
        try tx.rows(
            """
            SELECT * FROM cases WHERE municipality = \(tenant) AND id IN \(list: Array(ids)) AND state <> 'closed'
            """
        ).compactMap { row in
            let stored = try Case(row)
            let due = nextDue(stored)
            let at: Instant? = try row["next_due_at"]
            let kind: DeadlineKind? = try row["next_due_kind"]
            let order: Int64? = try row["list_order"]
            let reminder: Instant? = try row["next_reminder_at"]
            let answer: Instant? = try row["first_answer_due_at"]
            let isRight =
                at == due?.at && kind == due?.kind && order == stored.listOrder(due: firstDue(stored))
                && reminder == nextReminder(stored) && answer == firstAnswerDue(stored)
            return isRight ? nil : stored
        }
    }
}

extension Installation {
    /// Finds what was stored by the targets that held a moment earlier, by another node while they were changed.
    ///
    /// - Returns: how many deadlines were changed.
    func renewDeadlines() async throws -> Int {
        var renewed = 0
        for municipality in try await Directories.all(in: database) {
            // Almost always there is nothing to do, and reading holds nobody up.
            guard try await read(municipality.id, { try $0.hasOutdatedDeadline() }) else { continue }
            renewed += try await write(municipality.id) { try $0.renewDeadlines() }
        }
        return renewed
    }
}
