import Database
import Domain
import Foundation

/// A new municipality with the roles that most begin with, a contact centre, and one system manager.
public struct CreateMunicipality: Sendable {
    public var slug: String
    public var name: String
    public var country: Country
    public var language: String
    public var accent: String
    public var centreName: String
    public var adminLogin: String
    public var adminName: String
    /// Argon2id, as `Passwords` makes it.
    public var adminPasswordHash: String
    /// Whether somebody else than the system manager chose it: then it must be changed at the first login.
    public var passwordIsGiven = false

    /// Codes of those that `language` can be.
    public static let languages = Catalogues.languages

    public init(
        slug: String, name: String, country: Country, language: String, accent: String = "#0a5c86",
        centreName: String, adminLogin: String, adminName: String, adminPasswordHash: String
    ) {
        self.slug = slug
        self.name = name
        self.country = country
        self.language = language
        self.accent = accent
        self.centreName = centreName
        self.adminLogin = adminLogin
        self.adminName = adminName
        self.adminPasswordHash = adminPasswordHash
    }

    /// Why no municipality was made; nothing was stored.
    public struct Refused: Error, Hashable {
        /// Of this type's properties.
        public let field: String
        /// "taken" for a short name in use; else as for forms.
        public let code: String
        /// The reason, in English.
        public let text: String
    }

    /// Throws `Refused` when a value cannot be used, and when the short name is taken.
    @discardableResult
    public func perform(in installation: Installation) async throws -> ID<Municipality> {
        let now = installation.now()
        try installation.requireClock(at: now)
        let id: ID<Municipality> = installation.ids.next(at: now)
        try await installation.database.write(tenant: id.rawValue) { try insert(id, at: now, installation, in: $0) }
        return id
    }

    /// The same, in a transaction of the municipality to be.
    func insert(_ id: ID<Municipality>, at now: Instant, _ installation: Installation, in tx: Transaction) throws {
        try check(installation)
        let centre: ID<Unit> = installation.ids.next(at: now)
        let admin: ID<User> = installation.ids.next(at: now)
        do {
            try tx.run(
                """
                INSERT INTO municipalities (id, slug, name, country, time_zone, language, accent, centre, created_at)
                VALUES (\(id), \(slug), \(name), \(country), \(country.timeZoneName), \(language), \(accent),
                    \(centre), \(now))
                """)
        } catch DatabaseError.constraint(.unique, _) {
            throw refused("slug", "taken", installation)
        }
        try tx.insert(unit: Unit(id: centre, name: centreName), of: id)
        try tx.insert(
            user: User(id: admin, municipality: id, login: Login.folded(adminLogin), name: adminName),
            password: adminPasswordHash, passwordIsGiven: passwordIsGiven)
        let words = installation.words(language)
        for role in StandardRole.allCases {
            let roleID: ID<Role> = installation.ids.next(at: now)
            try tx.insert(role: Role(id: roleID, name: words(role.key), permissions: role.permissions), of: id)
            if role == .systemManager { try tx.insert(holder: admin, of: roleID, in: id) }
        }
    }

    /// The same rules as on the pages.
    private func check(_ installation: Installation) throws(Refused) {
        if !Municipality.isSlug(slug) { throw refused("slug", "invalid_slug", installation) }
        for (field, text) in [("name", name), ("centreName", centreName), ("adminName", adminName)] where text.isBlank {
            throw refused(field, "required", installation)
        }
        if !Catalogues.languages.contains(language) { throw refused("language", "unknown", installation) }
        if Accent(accent) == nil { throw refused("accent", "invalid_colour", installation) }
        if !Login.isPlain(Login.folded(adminLogin)) { throw refused("adminLogin", "invalid_login", installation) }
    }

    private func refused(_ field: String, _ code: String, _ installation: Installation) -> Refused {
        Refused(field: field, code: code, text: installation.words("en")("error." + code))
    }
}

/// The roles of R11.2 that have an account, as a municipality begins with them. It may change them all.
enum StandardRole: String, CaseIterable, Sendable {
    case agent, handler, leader, superuser, registrar
    case systemManager = "system_manager"
    case systemOwner = "system_owner"
    case countingCoordinator = "counting_coordinator"

    /// Of its name in the catalogues.
    var key: String { "role." + rawValue }

    var permissions: Set<Permission> {
        switch self {
        case .agent: [.registerContacts, .seeAllCases, .handleCases, .routeCases, .seeFigures]
        case .handler: [.handleCases, .routeCases]
        case .leader: [.handleCases, .routeCases, .leadUnit, .seeFigures]
        case .superuser:
            [
                .registerContacts, .seeAllCases, .handleCases, .routeCases, .leadUnit, .seeFigures, .manageCategories,
                .manageTexts,
            ]
        case .registrar: [.registerContacts, .seeAllCases]
        case .systemManager:
            [
                .managePeople, .manageUnits, .manageRoles, .manageCategories, .manageTexts, .manageMunicipality,
                .seeMail, .seeFigures,
            ]
        case .systemOwner: [.seeMail, .manageMunicipality, .seeFigures]
        case .countingCoordinator: [.seeFigures]
        }
    }
}

extension Set<Permission> {
    /// As stored with a role.
    var stored: String { map(\.rawValue).sorted().joined(separator: " ") }
}
