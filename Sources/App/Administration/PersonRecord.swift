import Database
import Domain

/// What the form of a person holds.
struct PersonRecord: Sendable {
    var name = ""
    var login = ""
    var email: String?
    var phone: String?
    var language: String?
    /// The units they were put into; those they only lead are no matter of this form.
    var units: Set<ID<Unit>> = []
    var roles: Set<ID<Role>> = []
    var isActive = true

    var values: FieldValues {
        FieldValues(
            [
                "admin.person.name": name, "admin.person.login": login, "admin.person.email": email,
                "admin.person.phone": phone, "admin.person.language": language,
                "admin.person.units": FieldValues.list(units), "admin.person.roles": FieldValues.list(roles),
            ], flags: ["admin.person.active": isActive])
    }

    init() {}

    /// Throws `notFound` when the municipality has no such person.
    init(_ id: ID<User>, in op: Operation) throws {
        guard let person = op.directory.people[id] else { throw Refusal.notFound }
        name = person.user.name
        login = person.user.login
        email = person.user.email
        phone = person.phone
        language = person.user.language
        roles = person.roles
        isActive = person.user.isActive
        let rows = try op.tx.rows(
            "SELECT unit_id FROM memberships WHERE municipality = \(op.tenant) AND user_id = \(id)")
        units = Set(try rows.map { try $0["unit_id"] })
    }

    /// Reads what was sent. What is wrong is gathered in the reader.
    init(_ input: inout InputReader, _ visit: Visit, in op: Operation) {
        name = input.line("name", max: 100, required: true) ?? ""
        let typed = Login.folded(input.line("login", max: 200, required: true) ?? "")
        let id = try? visit.id("person", of: User.self)
        // One from before the rule stays as it is until it is changed.
        let old = id.flatMap { op.directory.people[$0]?.user.login }
        login = old.flatMap { Login.folded($0) == typed ? $0 : nil } ?? typed
        if !login.isEmpty, login != old, !Login.isPlain(login) { input.fail("login", "invalid_login") }
        // The database has the last word about those that are written alike.
        if op.directory.people.values.contains(where: { Login.folded($0.user.login) == typed && $0.user.id != id }) {
            input.fail("login", "taken")
        }
        email = input.email("email")?.description
        phone = input.phone("phone")?.description
        language = input.language()
        units = Self.chosen("units", visit, &input) { op.directory.units[$0] != nil }
        roles = Self.chosen("roles", visit, &input) { op.directory.roles[$0] != nil }
        isActive = input.flag("active")
    }

    private static func chosen<Entity>(
        _ field: String, _ visit: Visit, _ input: inout InputReader, _ exists: (ID<Entity>) -> Bool
    ) -> Set<ID<Entity>> {
        var found: Set<ID<Entity>> = []
        for text in visit.form.values[field] ?? [] {
            guard let id = ID<Entity>(text: text), exists(id) else {
                input.fail(field, "unknown")
                return found
            }
            found.insert(id)
        }
        return found
    }

    /// Stores a new person or a changed one, and what they belong to.
    func save(as id: ID<User>, isNew: Bool, in op: Operation) throws {
        try unique("login") {
            if isNew {
                let user = User(
                    id: id, municipality: op.tenant, login: login, name: name, email: email, language: language,
                    isActive: isActive)
                try op.tx.insert(user: user, phone: phone)
            } else {
                try op.tx.run(
                    """
                    UPDATE users SET login = \(login), name = \(name), email = \(email), phone = \(phone),
                        language = \(language), is_active = \(isActive)
                    WHERE municipality = \(op.tenant) AND id = \(id)
                    """)
            }
        }
        try op.tx.run("DELETE FROM memberships WHERE municipality = \(op.tenant) AND user_id = \(id)")
        for unit in units.sorted() { try op.tx.insert(member: id, of: unit, in: op.tenant) }
        try op.tx.run("DELETE FROM user_roles WHERE municipality = \(op.tenant) AND user_id = \(id)")
        for role in roles.sorted() { try op.tx.insert(holder: id, of: role, in: op.tenant) }
    }
}

extension AdministrationFacade {
    /// Whether the user may change accounts that hold these permissions. Whoever manages people but not roles could
    /// otherwise grant themselves any role: by giving it to themselves, or by setting the password of somebody who has it.
    func mayManage(_ permissions: Set<Permission>) throws -> Bool {
        let user = try user
        return user.may(.manageRoles) || permissions.filter(\.isAdministrative).isSubset(of: user.permissions)
    }

    /// The person of the address; throws when there is none, or when only a manager of roles may change them.
    func personToManage(_ visit: Visit) throws -> Directory.Colleague {
        let id: ID<User> = try visit.id("person")
        guard let person = directory.people[id] else { throw Refusal.notFound }
        guard try mayManage(person.user.permissions) else { throw Refusal.forbidden }
        return person
    }
}
