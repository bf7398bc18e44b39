import Database
import Domain

/// What `torg verify` looks at: everything of a municipality, or what its history tells of after a position.
struct VerifyScope: Sendable {
    let tenant: ID<Municipality>
    /// The last position of the history that is not looked at; nil for everything.
    var after: Int64?

    /// Further conditions of a query: that a column holds a case, a contact or an event that is looked at.
    func cases(_ column: SQL) -> SQL { among("events.case_id", column) }
    func contacts(_ column: SQL) -> SQL { among("events.contact_id", column) }
    func events(_ column: SQL) -> SQL { among("events.id", column) }

    /// As above, for a column that holds a position itself.
    func positions(_ column: SQL) -> SQL { after.map { " AND \(column) > \($0)" } ?? "" }

    private func among(_ subject: SQL, _ column: SQL) -> SQL {
        guard let after else { return "" }
        return """
             AND \(column) IN (SELECT \(subject) FROM \(HistoryLine.stored)
                WHERE event_positions.municipality = \(tenant) AND event_positions.position > \(after))
            """
    }
}
