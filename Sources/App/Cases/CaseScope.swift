import Database
import Domain

/// Which cases somebody may see. Every query for cases goes through one; what is outside does not exist.
struct CaseScope: Sendable {
    /// A condition on the table `cases`.
    let condition: SQL
    /// Whose confidential cases it shows, for the search, which keeps their words apart.
    var confidentialUnits: Set<ID<Unit>>

    init(of user: User, centre: ID<Unit>) {
        condition = user.sight(centre: centre).condition
        confidentialUnits = user.confidentialUnits
    }

    init(_ sight: Sight) { self.init(condition: sight.condition) }

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

extension Sight {
    /// On the table `cases`. Never to be turned round: an empty list is nothing one is in, and nothing one is not in.
    var condition: SQL {
        switch self {
        case .everything: "1 = 1"
        case .open: "cases.is_confidential = 0"
        case .unit(let units): "cases.unit_id IN \(list: units.sorted())"
        case .handler(let people): "cases.handler_id IN \(list: people.sorted())"
        case .registered(let user): "cases.registered_by = \(user)"
        case .undistributed: UnitInCharge.isProposed
        case .any(let parts): "(\(SQL.joined(parts.map(\.condition), separator: " OR ")))"
        case .all(let parts): "(\(SQL.joined(parts.map(\.condition), separator: " AND ")))"
        }
    }
}

extension User {
    /// As the scope, for a case that is known; what they only registered is not asked for.
    func sees(_ subject: Case, in municipality: Municipality) -> Bool {
        sight(centre: municipality.centre).has(
            Sight.Facts(
                unit: subject.unit, handler: subject.handler, isUndistributed: subject.isUndistributed,
                isConfidential: subject.isConfidential))
    }

    /// Whether it is confidential, and not theirs to read.
    func isKeptFrom(_ subject: Case) -> Bool {
        !confidentialSight.has(Sight.Facts(unit: subject.unit, isConfidential: subject.isConfidential))
    }
}
