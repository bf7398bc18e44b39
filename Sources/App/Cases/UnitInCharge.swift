import Database
import Domain

/// While nobody has passed a case on, its unit is only where the category points to, and the contact centre has it: as
/// `Directory.unitInCharge(of:)`, on the table `cases`.
enum UnitInCharge {
    static let isProposed: SQL = "coalesce(cases.state_before, cases.state) = 'new'"

    /// The unit's id.
    static func column(centre: ID<Unit>) -> SQL { "CASE WHEN \(isProposed) THEN \(centre) ELSE cases.unit_id END" }

    static func isAmong(_ units: Set<ID<Unit>>, centre: ID<Unit>) -> SQL {
        let own: SQL = "cases.unit_id IN \(list: units.sorted())"
        return units.contains(centre) ? "(\(own) OR \(isProposed))" : "(\(own) AND NOT \(isProposed))"
    }
}
