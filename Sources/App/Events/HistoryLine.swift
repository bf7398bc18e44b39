import Database
import Domain

/// A line of a municipality's history, in the order of commits.
struct HistoryLine: Sendable {
    /// From 1 on, without gaps.
    let position: Int64
    let id: Int64
    let at: Instant
    let what: What

    enum What: Sendable {
        case matter(ID<Case>, CaseEvent)
        case contact(ID<Contact>, ContactEvent)
    }

    /// Where its columns are: the history with its positions.
    static let stored: SQL = """
        event_positions JOIN events
            ON events.municipality = event_positions.municipality AND events.id = event_positions.event_id
        """

    /// From a row of `stored`.
    init(_ row: Row) throws {
        position = try row["position"]
        id = try row["id"]
        at = try row["at"]
        let (kind, data): (String, String) = (try row["kind"], try row["data"])
        if let contact: ID<Contact> = try row["contact_id"] {
            guard let kind = ContactEvent.Kind(rawValue: kind) else { throw UnknownKind(kind: kind) }
            what = .contact(contact, try ContactEvent(kind, json: data))
        } else {
            guard let kind = CaseEvent.Kind(rawValue: kind) else { throw UnknownKind(kind: kind) }
            what = .matter(try row["case_id"], try CaseEvent(kind, json: data))
        }
    }

    private struct UnknownKind: Error { let kind: String }
}

extension HistoryFacade {
    /// The newest position that was given; 0 where nothing has happened.
    func newestPosition() throws -> Int64 {
        try tx.value("SELECT max(position) FROM event_positions WHERE municipality = \(tenant)") ?? 0
    }

    /// Those of some kinds that were committed after one position and up to another. One that cannot be read is logged and
    /// left out, so that it holds up no other; `torg verify` tells of it.
    func lines(after position: Int64, upTo end: Int64, kinds: [String]) throws -> [HistoryLine] {
        try tx.rows(
            """
            SELECT position, id, at, kind, case_id, contact_id, data FROM \(HistoryLine.stored)
            WHERE event_positions.municipality = \(tenant) AND position > \(position) AND position <= \(end)
                AND kind IN \(list: kinds)
            ORDER BY position
            """
        ).compactMap { row in
            do {
                return try HistoryLine(row)
            } catch {
                let id: Int64? = try? row["id"]
                installation.logger.error(
                    "an event cannot be read",
                    metadata: ["municipality": "\(municipality.slug)", "event": "\(id.map(String.init) ?? "-")"])
                return nil
            }
        }
    }
}
