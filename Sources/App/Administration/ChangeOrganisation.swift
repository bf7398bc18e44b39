import Database
import Domain

/// What a form shows of a thing, by the key of the field's label. From it follows whether somebody else changed the
/// thing while the form lay open, and afterwards what was changed.
struct FieldValues: Sendable, Equatable {
    let values: [String: String]
    /// Those of them that are boxes, with a tick or without.
    let flags: Set<String>

    init(_ values: [String: String?], flags: [String: Bool] = [:]) {
        self.values = values.compactMapValues(\.self).merging(flags.mapValues { $0 ? Self.on : Self.off }) { $1 }
        self.flags = Set(flags.keys)
    }

    /// Goes along with the form.
    var version: String {
        let lines = values.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }.sorted()
        return String(Secret.hash(lines.joined(separator: "\u{0}")).prefix(16))
    }

    /// The keys of the fields that differ.
    func changes(to other: FieldValues) -> [String] {
        Set(values.keys).union(other.values.keys).filter { values[$0] ?? "" != other.values[$0] ?? "" }.sorted()
    }

    /// What the form carries: of the state it was first made from, also when it comes back because of something else.
    /// Once its reader has been told that somebody else was there, it is the present state's.
    func version(on visit: Visit) -> String {
        let isTold = visit.form.errors.contains { $0.code == "changed_meanwhile" }
        return isTold ? version : visit.form.first("version") ?? version
    }

    /// Throws when the form was made from something else than what stands there now: saving would undo what somebody
    /// else did, unseen.
    func check(_ visit: Visit) throws {
        guard visit.form.first("version") == version else { throw InputErrors(nil, "changed_meanwhile") }
    }
}

extension FieldValues {
    static let (on, off) = ("yes", "no")

    /// Ids in one order, so that equal sets are equal texts.
    static func list<Entity>(_ ids: some Sequence<ID<Entity>>) -> String {
        ids.sorted().map(\.description).joined(separator: " ")
    }
}

extension OrganisationFacade {
    /// The operation with the organisation as it stands, which nobody else changes until the transaction ends.
    ///
    /// What must hold between several things (one person left who manages roles, no circle of units) can be checked
    /// only then: on PostgreSQL two transactions could otherwise each see the state before the other.
    func changing() throws -> Operation {
        try touch()
        return try present()
    }

    /// The operation with the organisation as this transaction has left it.
    ///
    /// - Parameter actor: who acts, where that is not yet known here.
    func present(for actor: Actor? = nil) throws -> Operation {
        guard let directory = try Directory.load(tenant, in: tx, at: now) else { throw Refusal.notFound }
        let present = op.with(directory)
        return actor.map { present.acting(as: $0) } ?? present
    }

    /// Throws unless somebody who can log in manages roles: else nobody could ever change a role again.
    func requireAdministrator(_ field: String) throws {
        let left: Int64? = try tx.value(
            """
            SELECT count(*) FROM users WHERE municipality = \(tenant) AND is_active = 1 AND password IS NOT NULL
                AND EXISTS (
                    SELECT 1 FROM user_roles JOIN roles
                        ON roles.municipality = user_roles.municipality AND roles.id = user_roles.role_id
                    WHERE user_roles.municipality = users.municipality AND user_roles.user_id = users.id
                        AND ' ' || roles.permissions || ' ' LIKE \("% \(Permission.manageRoles.rawValue) %"))
            """)
        if left ?? 0 == 0 { throw InputErrors(field, "last_administrator") }
    }
}

/// Runs a statement that a name already in use makes fail, and says so beside the field.
@discardableResult
func unique<Value>(_ field: String, _ statement: () throws -> Value) throws -> Value {
    do {
        return try statement()
    } catch DatabaseError.constraint(.unique, _) {
        throw InputErrors(field, "taken")
    }
}
