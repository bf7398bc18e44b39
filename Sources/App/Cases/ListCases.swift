import Database
import Domain

/// A slice of the cases, read by keyset: never more rows than a page, never an offset.
struct CaseList: Sendable {
    var scope: CaseScope
    /// Further conditions on the table `cases`.
    var conditions: [SQL] = []
    var order: Order
    var limit: Int
    var after: Cursor?

    enum Order: Sendable {
        /// Only those that have a deadline, the most urgent first: see `StoredDeadlines.standing`.
        case urgency
        /// All, the newest first.
        case newest
    }

    /// Where the next page begins.
    struct Cursor: Sendable {
        var order: Int64
        var id: Int64

        init(order: Int64, id: Int64) {
            self.order = order
            self.id = id
        }

        init?(text: String) {
            let parts = text.split(separator: ".").compactMap { Int64($0) }
            guard parts.count == 2 else { return nil }
            self.init(order: parts[0], id: parts[1])
            // "+0" is a number to Swift, but no server wrote that.
            if self.text != text { return nil }
        }

        var text: String { "\(order).\(id)" }

        /// On the table `cases`: what comes after it, the most urgent first. Two conditions where one would do: the first
        /// lets both engines seek in the index.
        var following: SQL {
            "cases.list_order >= \(order) AND (cases.list_order > \(order) OR cases.id > \(id))"
        }
    }

    struct Page: Sendable {
        var cases: [Case]
        var next: Cursor?
    }

    func load(in op: Operation) throws -> Page {
        var all: [SQL] = ["cases.municipality = \(op.tenant)", scope.condition] + conditions
        let sorting: SQL
        switch order {
        case .urgency:
            all.append(StoredDeadlines.standing)
            if let after { all.append(after.following) }
            sorting = "cases.list_order, cases.id"
        case .newest:
            if let after { all.append("cases.id < \(after.id)") }
            sorting = "cases.id DESC"
        }
        let rows = try op.tx.rows(
            """
            SELECT cases.* FROM cases WHERE \(SQL.joined(all, separator: " AND ")) ORDER BY \(sorting)
            LIMIT \(limit + 1)
            """)
        let cases = try rows.prefix(limit).map(Case.init)
        guard rows.count > limit else { return Page(cases: cases) }
        // As stored, not as worked out now: the next page is read by what the index holds.
        let last = rows[limit - 1]
        return Page(cases: cases, next: Cursor(order: try last["list_order"] ?? 0, id: try last["id"]))
    }

    /// Cases that hold all the words, newest first; or what they name by its number, a case or a caller.
    static func search(
        _ typed: String, scope: CaseScope, conditions: [SQL] = [], limit: Int, after: Cursor?, in op: Operation
    ) throws -> Page {
        let all: [SQL] = ["cases.municipality = \(op.tenant)", scope.condition] + conditions
        let rows = try SearchIndex.find(
            .matter, op.index.sought(typed), tenant: op.tenant.rawValue, readers: try scope.readers(in: op),
            before: after?.id,
            limit: limit + 1, select: "cases.*", from: "cases", id: "cases.id",
            scope: SQL.joined(all, separator: " AND "), in: op.tx)
        let cases = try rows.prefix(limit).map(Case.init)
        guard rows.count > limit, let last = cases.last else { return Page(cases: cases) }
        return Page(cases: cases, next: Cursor(order: 0, id: last.id.rawValue))
    }
}
