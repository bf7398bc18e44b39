import Database
import Domain

/// What can be told of contacts only by reading their history.
struct ContactInvariants {
    let op: Operation

    /// Looks at the lines of some contacts.
    ///
    /// - Parameter after: the line that was looked at last.
    /// - Returns: the last line of this portion; nil when there are no more.
    func check(after: Int64, report: (Breach) -> Void) throws -> Int64? {
        let rows = try op.tx.rows(
            """
            SELECT id, kind, data FROM events
            WHERE municipality = \(op.tenant) AND contact_id IS NOT NULL AND id > \(after) ORDER BY id LIMIT 2000
            """)
        try check(rows, report: report)
        return try rows.last?["id"]
    }

    /// - Parameter rows: lines of the history about contacts: id, kind and data.
    func check(_ rows: [Row], report: (Breach) -> Void) throws {
        for row in rows {
            let (id, kind): (Int64, String) = (try row["id"], try row["kind"])
            let data: String = try row["data"]
            if let known = ContactEvent.Kind(rawValue: kind), (try? ContactEvent(known, json: data)) != nil { continue }
            report(
                Breach(
                    municipality: op.municipality.slug, name: "contact_event_unreadable",
                    text: "event \(id) is about a contact and cannot be read"))
        }
    }
}
