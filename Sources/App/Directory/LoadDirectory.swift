import Database
import Domain
import Foundation

extension Directory {
    /// Reads the whole organisation, and of the absences those that are not over. Nil when there is no such municipality.
    static func load(_ id: ID<Municipality>, in tx: Transaction, at now: Instant) throws -> Directory? {
        guard let row = try tx.row("SELECT * FROM municipalities WHERE id = \(id)") else { return nil }
        let country: Country = try row["country"]
        let zone: String = try row["time_zone"]
        var municipality = Municipality(
            id: id, slug: try row["slug"], name: try row["name"], country: country,
            timeZone: TimeZone(identifier: zone) ?? country.timeZone, language: try row["language"],
            accent: try row["accent"], centre: try row["centre"])
        municipality.smsToCitizens = try row["sms_to_citizens"]
        municipality.owner = try row["owner_id"]
        municipality.ownerSubstitute = try row["owner_substitute_id"]
        let ownCalendar: String? = try row["calendar"]
        var calendar = try ownCalendar.map { try JSON.decode(WorkingCalendar.self, $0) } ?? .standard(country)
        calendar.country = country
        calendar.timeZone = municipality.timeZone
        let ownTargets: String? = try row["targets"]
        let units = try loadUnits(id, in: tx)
        let roles = try loadRoles(id, in: tx)
        let grants = try SightGrant.open(of: id, in: tx)
        return Directory(
            version: try row["directory_version"], municipality: municipality, units: units,
            people: try loadPeople(id, units: units, roles: roles, grants: grants, in: tx),
            categories: try loadCategories(id, in: tx), roles: roles, texts: try loadTexts(id, in: tx),
            calendar: calendar, targets: try ownTargets.map { try JSON.decode(ServiceTargets.self, $0) } ?? .init(),
            absences: try loadAbsences(id, since: municipality.timeZone.day(of: now), in: tx),
            contractors: try loadContractors(id, in: tx), grants: grants)
    }

    private static func loadUnits(_ id: ID<Municipality>, in tx: Transaction) throws -> [ID<Unit>: Unit] {
        let units = try tx.rows("SELECT * FROM units WHERE municipality = \(id)").map { row in
            Unit(
                id: try row["id"], parent: try row["parent_id"], name: try row["name"], leader: try row["leader_id"],
                receiver: try row["receiver_id"], substitute: try row["substitute_id"], email: try row["email"],
                phone: try row["phone"], isActive: try row["is_active"], isDiscreet: try row["is_discreet"],
                targets: try TargetOverride(row))
        }
        return Dictionary(units.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func loadRoles(_ id: ID<Municipality>, in tx: Transaction) throws -> [ID<Role>: Role] {
        let roles = try tx.rows("SELECT * FROM roles WHERE municipality = \(id)").map { row in
            let permissions: String = try row["permissions"]
            return Role(
                id: try row["id"], name: try row["name"],
                permissions: Set(permissions.split(separator: " ").compactMap { Permission(rawValue: String($0)) }))
        }
        return Dictionary(roles.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func loadPeople(
        _ id: ID<Municipality>, units: [ID<Unit>: Unit], roles: [ID<Role>: Role], grants: [SightGrant],
        in tx: Transaction
    ) throws -> [ID<User>: Colleague] {
        let waiting = Dictionary(grouping: grants, by: \.person)
        var memberships: [ID<User>: Set<ID<Unit>>] = [:]
        for row in try tx.rows("SELECT user_id, unit_id FROM memberships WHERE municipality = \(id)") {
            memberships[try row["user_id"], default: []].insert(try row["unit_id"])
        }
        var held: [ID<User>: Set<ID<Role>>] = [:]
        for row in try tx.rows("SELECT user_id, role_id FROM user_roles WHERE municipality = \(id)") {
            held[try row["user_id"], default: []].insert(try row["role_id"])
        }
        let led = Dictionary(grouping: units.values, by: \.leader).mapValues { Set($0.map(\.id)) }
        var home = memberships
        for unit in units.values {
            for user in [unit.leader, unit.receiver, unit.substitute].compactMap(\.self) {
                home[user, default: []].insert(unit.id)
            }
        }
        var people: [ID<User>: Colleague] = [:]
        let rows = try tx.rows(
            """
            SELECT id, login, name, email, phone, language, is_active, password_set_by FROM users
            WHERE municipality = \(id)
            """)
        for row in rows {
            let user: ID<User> = try row["id"]
            let own = held[user] ?? []
            let leads = led[user].map { units.values.below($0) } ?? []
            var colleague = Colleague(
                user: User(
                    id: user, municipality: id, login: try row["login"], name: try row["name"],
                    email: try row["email"], language: try row["language"], isActive: try row["is_active"],
                    units: (memberships[user] ?? []).union(leads),
                    permissions: own.reduce(into: []) { $0.formUnion(roles[$1]?.permissions ?? []) }),
                home: home[user] ?? [], roles: own, phone: try row["phone"])
            colleague.memberOf = memberships[user] ?? []
            colleague.leads = leads
            colleague.passwordSetBy = try row["password_set_by"]
            let missing = waiting[user] ?? []
            colleague.user.confidentialUnits.subtract(missing.compactMap(\.unit))
            colleague.isVouchedFor = !missing.contains { $0.unit == nil }
            colleague.user.coveredUnits = colleague.home.subtracting(colleague.user.units)
            people[user] = colleague
        }
        return people
    }

    private static func loadCategories(
        _ id: ID<Municipality>, in tx: Transaction
    ) throws -> [ID<Category>: Category] {
        var categories: [ID<Category>: Category] = [:]
        for row in try tx.rows("SELECT * FROM categories WHERE municipality = \(id)") {
            let words: String = try row["words"]
            let category: ID<Category> = try row["id"]
            categories[category] = Category(
                id: category, names: [:], unit: try row["unit_id"], passesDirectly: try row["passes_directly"],
                words: words.split(separator: " ").map(String.init), isAcute: try row["is_acute"],
                isConfidential: try row["is_confidential"],
                mustBeAnswered: try row["must_be_answered"], isComplaint: try row["is_complaint"],
                isPublic: try row["is_public"], isActive: try row["is_active"], targets: try TargetOverride(row))
            categories[category]?.emergencyNumber = try row["emergency_number"]
        }
        for row in try tx.rows("SELECT * FROM category_names WHERE municipality = \(id)") {
            let language: String = try row["language"]
            let notice: String = try row["notice"]
            let category: ID<Category> = try row["category_id"]
            categories[category]?.names[language] = try row["name"]
            if !notice.isEmpty { categories[category]?.notices[language] = notice }
        }
        return categories
    }

    private static func loadAbsences(
        _ id: ID<Municipality>, since day: CivilDay, in tx: Transaction
    ) throws -> [Absence] {
        try tx.rows(
            "SELECT * FROM absences WHERE municipality = \(id) AND last_day >= \(day) ORDER BY id"
        ).compactMap { row in
            Absence(
                id: try row["id"], user: try row["user_id"], first: try row["first_day"], last: try row["last_day"],
                substitute: try row["substitute_id"])
        }
    }

    private static func loadContractors(
        _ id: ID<Municipality>, in tx: Transaction
    ) throws -> [ID<Contractor>: Contractor] {
        let contractors = try tx.rows("SELECT * FROM contractors WHERE municipality = \(id)").map { row in
            Contractor(
                id: try row["id"], name: try row["name"], email: try row["email"], phone: try row["phone"],
                showsContact: try row["shows_contact"], isActive: try row["is_active"])
        }
        return Dictionary(contractors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func loadTexts(_ id: ID<Municipality>, in tx: Transaction) throws -> [String: [String: String]] {
        var texts: [String: [String: String]] = [:]
        for row in try tx.rows("SELECT key, language, body FROM texts WHERE municipality = \(id)") {
            let key: String = try row["key"]
            let language: String = try row["language"]
            texts[key, default: [:]][language] = try row["body"]
        }
        return texts
    }
}

extension TargetOverride {
    /// From the columns that units and categories have alike.
    init(_ row: Row) throws {
        self.init(
            acknowledge: try row["acknowledge_days"], feedback: try row["feedback_days"],
            feedbackInHolidayPeriod: try row["feedback_holiday_days"], close: try row["close_days"])
    }
}
