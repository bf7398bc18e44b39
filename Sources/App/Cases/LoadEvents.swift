import Database
import Domain

/// A line of a case's history as it is stored.
struct StoredEvent: Sendable {
    var id: ID<CaseEvent>
    var at: Instant
    var event: CaseEvent
    /// user, citizen or system.
    var actor: String
    var user: ID<User>?
}

extension Operation {
    /// The history of a case, oldest first.
    func events(of wanted: ID<Case>, after: Int64? = nil, limit: Int = 10_000) throws -> [StoredEvent] {
        try tx.rows(
            """
            SELECT id, at, kind, actor, user_id, data FROM events
            WHERE municipality = \(tenant) AND case_id = \(wanted) AND id > \(after ?? 0) ORDER BY id LIMIT \(limit)
            """
        ).map { row in
            StoredEvent(
                id: try row["id"], at: try row["at"],
                event: CaseEvent(try row["kind"], try CaseEvent.Details(json: try row["data"])),
                actor: try row["actor"], user: try row["user_id"])
        }
    }
}
