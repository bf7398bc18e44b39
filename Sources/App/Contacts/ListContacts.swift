import Database
import Domain

/// A slice of the contacts, the newest first, read by keyset like `CaseList`.
struct ContactList: Sendable {
    /// What they hold; all of them unless told.
    var text: String?
    /// Further conditions on the table `contacts`.
    var conditions: [SQL] = []
    var limit: Int
    var after: CaseList.Cursor?

    struct Page {
        var contacts: [VisibleContact] = []
        var next: CaseList.Cursor?
    }

    func load(in op: Operation) throws -> Page {
        let scope = SQL.joined(
            ["contacts.municipality = \(op.tenant)", try ContactScope(in: op).condition] + conditions,
            separator: " AND ")
        let rows = try text.map { try found($0, scope, in: op) } ?? newest(scope, in: op)
        let ids: [ID<Contact>] = try rows.prefix(limit).map { try $0["id"] }
        guard rows.count > limit, let last = ids.last else {
            return Page(contacts: try VisibleContact.load(ids, in: op))
        }
        let next = CaseList.Cursor(order: try rows[limit - 1]["place"], id: last.rawValue)
        return Page(contacts: try VisibleContact.load(ids, in: op), next: next)
    }

    /// In the order in which they were registered, as the index has them.
    private func found(_ text: String, _ scope: SQL, in op: Operation) throws -> [Row] {
        try SearchIndex.find(
            .contact, op.index.sought(text), tenant: op.tenant.rawValue, readers: try op.readersOfContacts,
            before: after?.id,
            limit: limit + 1, select: "contacts.id, 0 AS place", from: "contacts", id: "contacts.id", scope: scope,
            in: op.tx)
    }

    /// In the order in which they came in.
    private func newest(_ scope: SQL, in op: Operation) throws -> [Row] {
        // Two conditions where one would do: the first lets both engines seek in the index.
        let further: SQL =
            after.map { after in
                """
                 AND contacts.at <= \(after.order) AND (contacts.at < \(after.order) OR contacts.id < \(after.id))
                """
            } ?? ""
        return try op.tx.rows(
            """
            SELECT contacts.id, contacts.at AS place FROM contacts WHERE \(scope)\(further)
            ORDER BY contacts.at DESC, contacts.id DESC LIMIT \(limit + 1)
            """)
    }
}

extension Operation {
    /// Whose own words a search for contacts looks through: as for cases, and those of the user's units to which what is
    /// answered at once in a confidential category belongs.
    fileprivate var readersOfContacts: [Int64] {
        get throws {
            let own = try user.confidentialUnits
            let units = directory.categories.values.filter(\.isConfidential).map { directory.unit(for: $0.id) }
            return Set(try scope.readers(in: self)).union(units.filter(own.contains).map(\.rawValue)).sorted()
        }
    }
}
