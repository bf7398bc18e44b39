/// Somebody with an account: what they may do and where they belong.
public struct User: Sendable, Hashable {
    public let id: ID<User>
    public let municipality: ID<Municipality>
    public var login: String
    public var name: String
    public var email: String?
    public var language: String?
    public var isActive: Bool
    /// Units they belong to; a leader's include all units below.
    public var units: Set<ID<Unit>>
    /// Of these, the units whose confidential cases they see: all but those where that waits for a second person.
    public var confidentialUnits: Set<ID<Unit>>
    /// Units whose work is theirs as well, today at least: as receiver or substitute, or in place of somebody who is
    /// away. What is confidential there stays with those who belong to the unit.
    public var coveredUnits: Set<ID<Unit>> = []
    /// Those who are away today and whose cases are theirs meanwhile.
    public var standsInFor: Set<ID<User>> = []
    public var permissions: Set<Permission>

    public init(
        id: ID<User>, municipality: ID<Municipality>, login: String, name: String, email: String? = nil,
        language: String? = nil, isActive: Bool = true, units: Set<ID<Unit>> = [],
        confidentialUnits: Set<ID<Unit>>? = nil, permissions: Set<Permission> = []
    ) {
        self.id = id
        self.municipality = municipality
        self.login = login
        self.name = name
        self.email = email
        self.language = language
        self.isActive = isActive
        self.units = units
        self.confidentialUnits = confidentialUnits ?? units
        self.permissions = permissions
    }

    public func may(_ permission: Permission) -> Bool { permissions.contains(permission) }

    /// Whose cases are on their list: their own, and those of everybody for whom they stand in.
    public var handlers: Set<ID<User>> { standsInFor.union([id]) }

    /// Whether what comes in to the unit concerns them.
    public func worksIn(_ unit: ID<Unit>) -> Bool { units.contains(unit) || coveredUnits.contains(unit) }
}

/// A named set of permissions that the municipality puts together.
public struct Role: Sendable, Hashable {
    public let id: ID<Role>
    public var name: String
    public var permissions: Set<Permission>

    public init(id: ID<Role>, name: String, permissions: Set<Permission>) {
        self.id = id
        self.name = name
        self.permissions = permissions
    }
}
