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
                // The case itself has not changed, so neither does its version; whoever changed it meanwhile has also
                // reckoned its deadline.
                try tx.send(
                    """
                    UPDATE cases SET (\(StoredDeadlines.columns)) = (\(changed.deadlines.values))
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

    /// Those whose deadlines should be others, with what these should be.
    private func outdated(
        among ids: ArraySlice<ID<Case>>
    ) throws -> [(id: ID<Case>, version: Int, deadlines: StoredDeadlines)] {
        try tx.rows(
            """
            SELECT * FROM cases WHERE municipality = \(tenant) AND id IN \(list: Array(ids)) AND state <> 'closed'
            """
        ).compactMap { row in
            let subject = try Case(row)
            let deadlines = StoredDeadlines(of: subject, in: directory)
            return try deadlines == StoredDeadlines(row) ? nil : (subject.id, subject.version, deadlines)
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
