import Database
import Domain

/// The units, people and categories of the demonstration. Everybody in it is a bird.
struct DemoOrganisation {
    let id: ID<Municipality>
    let installation: Installation
    let tx: Transaction
    let now: Instant
    /// Argon2id, of the password that the accounts share.
    let passwordHash: String

    struct UnitSeed {
        var name: String
        var parent: String?
        var leader: String?
        var receiver: String?
        var substitute: String?
        var mail: String
    }

    struct PersonSeed {
        var login: String
        var name: String
        var unit: String
        var role: StandardRole
        var mayLogIn = false
    }

    static let centre = "Innbyggertorget"

    static let people: [PersonSeed] = [
        PersonSeed(login: "agent", name: "Linerle Torgvakt", unit: centre, role: .agent, mayLogIn: true),
        PersonSeed(login: "hubro", name: "Hubro Systemeier", unit: centre, role: .systemOwner),
        PersonSeed(login: "lerke", name: "Lerke Systemvokter", unit: centre, role: .systemManager),
        PersonSeed(login: "meis", name: "Kjøttmeis Torgvakt", unit: centre, role: .agent),
        PersonSeed(
            login: "handler", name: "Gråspett Veivokter", unit: "Vei og gatelys", role: .handler, mayLogIn: true),
        PersonSeed(login: "staer", name: "Stær Veivokter", unit: "Vei og gatelys", role: .handler),
        PersonSeed(login: "leader", name: "Havørn Driftsleder", unit: "Teknisk drift", role: .leader, mayLogIn: true),
        PersonSeed(login: "fossekall", name: "Fossekall Vannvokter", unit: "Vann og avløp", role: .handler),
        PersonSeed(login: "vipe", name: "Vipe Vannvokter", unit: "Vann og avløp", role: .handler),
        PersonSeed(login: "rodstrupe", name: "Rødstrupe Parkvokter", unit: "Park og natur", role: .handler),
        PersonSeed(login: "skjaere", name: "Skjære Renholder", unit: "Renovasjon", role: .handler),
        PersonSeed(login: "svale", name: "Svale Byggvokter", unit: "Byggesak", role: .handler),
        PersonSeed(login: "hegre", name: "Hegre Byggleder", unit: "Byggesak", role: .leader),
        PersonSeed(login: "sisik", name: "Sisik Skolevokter", unit: "Barnehage og skole", role: .handler),
        PersonSeed(
            login: "dompap", name: "Dompap Omsorgsvokter", unit: "Helse og omsorg", role: .handler, mayLogIn: true),
        PersonSeed(login: "trane", name: "Trane Omsorgsleder", unit: "Helse og omsorg", role: .leader),
        PersonSeed(login: "nattergal", name: "Nattergal Kulturvokter", unit: "Kultur og idrett", role: .handler),
    ]

    static let units: [UnitSeed] = [
        UnitSeed(name: "Teknisk drift", leader: "leader", receiver: "leader", mail: "teknisk"),
        UnitSeed(
            name: "Vei og gatelys", parent: "Teknisk drift", receiver: "handler", substitute: "staer", mail: "vei"),
        UnitSeed(
            name: "Vann og avløp", parent: "Teknisk drift", receiver: "fossekall", substitute: "vipe", mail: "vann"),
        UnitSeed(
            name: "Park og natur", parent: "Teknisk drift", receiver: "rodstrupe", substitute: "leader", mail: "park"),
        UnitSeed(
            name: "Renovasjon", parent: "Teknisk drift", receiver: "skjaere", substitute: "leader", mail: "renovasjon"),
        UnitSeed(name: "Byggesak", leader: "hegre", receiver: "svale", substitute: "hegre", mail: "byggesak"),
        UnitSeed(name: "Barnehage og skole", receiver: "sisik", mail: "skole"),
        UnitSeed(name: "Helse og omsorg", leader: "trane", receiver: "dompap", substitute: "trane", mail: "helse"),
        UnitSeed(name: "Kultur og idrett", receiver: "nattergal", mail: "kultur"),
    ]

    struct ContractorSeed {
        var name: String
        var mail: String
        var phone: String
        var showsContact = false
    }

    static let contractors: [ContractorSeed] = [
        ContractorSeed(name: "Lysmester Alm", mail: "lys@alm.example", phone: "10002000"),
        ContractorSeed(name: "Grus og asfalt Furu", mail: "drift@furu.example", phone: "10003000", showsContact: true),
    ]

    func insert() throws {
        let roles = try ids("SELECT id, name FROM roles WHERE municipality = \(id)", of: Role.self)
        var users = try ids("SELECT id, login AS name FROM users WHERE municipality = \(id)", of: User.self)
        var units = try ids("SELECT id, name FROM units WHERE municipality = \(id)", of: Unit.self)
        for person in Self.people { users[person.login] = try insert(person) }
        for (index, unit) in Self.units.enumerated() {
            units[unit.name] = try insert(unit, phone: "10 00 00 \(10 + index)", units, users)
        }
        let words = installation.words("nb")
        for person in Self.people {
            guard let user = users[person.login], let unit = units[person.unit],
                let role = roles[words(person.role.key)]
            else { continue }
            try tx.insert(member: user, of: unit, in: id)
            try tx.insert(holder: user, of: role, in: id)
        }
        if let agent = users["agent"], let other = users["meis"] {
            try tx.run(
                """
                UPDATE units SET receiver_id = \(agent), substitute_id = \(other), email = 'torget@sandvik.example',
                    phone = '10 00 00 00'
                WHERE municipality = \(id) AND name = \(Self.centre)
                """)
        }
        if let owner = users["hubro"], let substitute = users["admin"] {
            try tx.run(
                "UPDATE municipalities SET owner_id = \(owner), owner_substitute_id = \(substitute) WHERE id = \(id)")
        }
        for category in DemoCategory.all { try insert(category, units) }
        for contractor in Self.contractors {
            let new = Contractor(
                id: installation.ids.next(at: now), name: contractor.name, email: contractor.mail,
                phone: contractor.phone, showsContact: contractor.showsContact)
            try tx.insert(contractor: new, of: id)
        }
    }

    /// Somebody has just been put into a unit with confidential cases, so that there is something for a second person to
    /// say yes to. After all cases, in which they had no part there.
    ///
    /// - Parameter op: of the moment at which it was done.
    func letSightWait(in op: Operation) throws {
        let users = try ids("SELECT id, login AS name FROM users WHERE municipality = \(id)", of: User.self)
        let units = try ids("SELECT id, name FROM units WHERE municipality = \(id)", of: Unit.self)
        guard let person = users[Self.waiting.person], let changer = users[Self.waiting.changer],
            let unit = units[Self.waiting.unit]
        else { throw Refusal.notFound }
        try tx.insert(member: person, of: unit, in: id)
        let gain = SightGain(person: person, unit: unit, changer: nil)
        _ = try SightGrant(gain, .member, by: changer, in: op.newID(), op).insert(in: op)
    }

    private static let waiting = (person: "meis", unit: "Helse og omsorg", changer: "lerke")

    private func ids<Entity>(_ sql: SQL, of _: Entity.Type) throws -> [String: ID<Entity>] {
        var found: [String: ID<Entity>] = [:]
        for row in try tx.rows(sql) { found[try row["name"]] = try row["id"] }
        return found
    }

    private func insert(_ person: PersonSeed) throws -> ID<User> {
        let user = User(
            id: installation.ids.next(at: now), municipality: id, login: person.login, name: person.name,
            email: person.login + "@sandvik.example", language: "nb")
        try tx.insert(user: user, password: person.mayLogIn ? passwordHash : nil)
        return user.id
    }

    private func insert(
        _ unit: UnitSeed, phone: String, _ units: [String: ID<Unit>], _ users: [String: ID<User>]
    ) throws -> ID<Unit> {
        let new = Unit(
            id: installation.ids.next(at: now), parent: unit.parent.flatMap { units[$0] }, name: unit.name,
            leader: unit.leader.flatMap { users[$0] }, receiver: unit.receiver.flatMap { users[$0] },
            substitute: unit.substitute.flatMap { users[$0] }, email: unit.mail + "@sandvik.example", phone: phone,
            isDiscreet: DiscreetName.gives(unit.name))
        try tx.insert(unit: new, of: id)
        return new.id
    }

    private func insert(_ category: DemoCategory, _ units: [String: ID<Unit>]) throws {
        var new = Category(
            id: installation.ids.next(at: now), names: category.names, unit: units[category.unit],
            passesDirectly: category.passesDirectly, notices: category.notices,
            words: category.words.split(separator: " ").map(String.init), isAcute: category.isAcute,
            isConfidential: category.isConfidential, targets: TargetOverride(close: category.closeDays))
        new.emergencyNumber = category.emergencyNumber
        try tx.insert(category: new, of: id)
    }
}
