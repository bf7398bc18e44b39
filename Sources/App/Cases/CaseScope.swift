import Database
import Domain

/// Which cases somebody may see. Every query for cases goes through one; what is outside does not exist.
struct CaseScope: Sendable {
    /// A condition on the table `cases`.
    let condition: SQL
    /// Whose confidential cases it shows, for the search, which keeps their words apart.
    var confidentialUnits: Set<ID<Unit>>

    /// Confidential cases show only to their unit. The others show to whoever sees all cases, to their unit, to their
    /// handler, to whoever stands in for these, and to who registered them (R1.7, R4.5). What nobody has passed on yet
    /// is the contact centre's as well.
    init(of user: User, centre: ID<Unit>) {
        let own: SQL = "cases.unit_id IN \(list: user.units.sorted())"
        let proposed: SQL = user.worksIn(centre) ? UnitInCharge.isProposed : "1 = 0"
        let others: SQL =
            user.may(.seeAllCases)
            ? "1 = 1"
            : """
            (cases.unit_id IN \(list: user.coveredUnits.sorted()) OR cases.handler_id IN \(list: user.handlers.sorted())
                OR cases.registered_by = \(user.id) OR \(proposed))
            """
        confidentialUnits = user.units
        condition = "(\(own) OR (cases.is_confidential = 0 AND \(others)))"
    }

    init(condition: SQL) {
        self.condition = condition
        confidentialUnits = []
    }

    /// One case, whoever holds its key: the citizen who reported it.
    static func key(to number: CaseNumber) -> CaseScope {
        CaseScope(condition: "cases.number = \(number.sortKey)")
    }

    /// For Torg's own work, such as an import.
    static let everything = CaseScope(condition: "1 = 1")
}

extension User {
    /// As the scope, for a case that is known; what they only registered is not asked for.
    func sees(_ subject: Case, in municipality: Municipality) -> Bool {
        if units.contains(subject.unit) { return true }
        if subject.isConfidential { return false }
        return may(.seeAllCases) || coveredUnits.contains(subject.unit)
            || subject.handler.map(handlers.contains) == true
            || (subject.isUndistributed && worksIn(municipality.centre))
    }
}
