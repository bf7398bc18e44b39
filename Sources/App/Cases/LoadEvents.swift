import Database
import Domain

/// A line of a case's history as it is stored.
struct StoredEvent: Sendable {
    var id: ID<CaseEvent>
    var at: Instant
    var event: CaseEvent
    var actor: Actor.Kind
    /// Who exactly; nil for Torg itself.
    var actorID: Int64?

    var user: ID<User>? { actor == .user ? actorID.map { ID($0) } : nil }
    var contractor: ID<Contractor>? { actor == .contractor ? actorID.map { ID($0) } : nil }
    /// Of the citizen.
    var contact: ID<Contact>? { actor == .citizen ? actorID.map { ID($0) } : nil }
}

extension HistoryFacade {
    /// Who did it; nil for citizens and Torg itself.
    func actorName(of stored: StoredEvent) -> String? {
        if let user = stored.user { return directory.name(of: user) }
        return stored.contractor.map { directory.name(of: $0) }
    }

    /// The history of a case, oldest first.
    func events(of wanted: ID<Case>, after: Int64? = nil, limit: Int = 10_000) throws -> [StoredEvent] {
        try tx.rows(
            """
            SELECT id, at, kind, actor, actor_id, data FROM events
            WHERE municipality = \(tenant) AND case_id = \(wanted) AND id > \(after ?? 0) ORDER BY id LIMIT \(limit)
            """
        ).map { row in
            StoredEvent(
                id: try row["id"], at: try row["at"],
                event: try CaseEvent(try row["kind"], json: try row["data"]),
                actor: try row["actor"], actorID: try row["actor_id"])
        }
    }
}
