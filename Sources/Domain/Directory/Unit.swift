/// A node of the organisation: it receives cases, and has a leader who answers for them (R3.6).
public struct Unit: Sendable, Hashable {
    public let id: ID<Unit>
    public var parent: ID<Unit>?
    public var name: String
    public var leader: ID<User>?
    /// Who looks at what comes in, and who stands in (R4.5).
    public var receiver: ID<User>?
    public var substitute: ID<User>?
    public var email: String?
    public var phone: String?
    public var isActive: Bool
    /// That somebody has a case there already tells what nobody is to know: outside it is not named with one.
    public var isDiscreet: Bool
    public var targets: TargetOverride

    public init(
        id: ID<Unit>, parent: ID<Unit>? = nil, name: String, leader: ID<User>? = nil, receiver: ID<User>? = nil,
        substitute: ID<User>? = nil, email: String? = nil, phone: String? = nil, isActive: Bool = true,
        isDiscreet: Bool = false, targets: TargetOverride = .init()
    ) {
        self.id = id
        self.parent = parent
        self.name = name
        self.leader = leader
        self.receiver = receiver
        self.substitute = substitute
        self.email = email
        self.phone = phone
        self.isActive = isActive
        self.isDiscreet = isDiscreet
        self.targets = targets
    }
}

extension [ID<Unit>: Unit] {
    /// The unit and each one above it, the nearest first. A circle in the data ends the walk.
    public func path(from unit: ID<Unit>) -> [Unit] {
        var seen: Set<ID<Unit>> = []
        var (next, path): (Unit?, [Unit]) = (self[unit], [])
        while let unit = next, seen.insert(unit.id).inserted {
            path.append(unit)
            next = unit.parent.flatMap { self[$0] }
        }
        return path
    }
}

extension Sequence where Element == Unit {
    /// `roots` and everything below them. A circle in the data ends the walk instead of going round for ever.
    public func below(_ roots: Set<ID<Unit>>) -> Set<ID<Unit>> {
        var found = roots
        var grew = true
        while grew {
            grew = false
            for unit in self {
                if let parent = unit.parent, found.contains(parent), found.insert(unit.id).inserted { grew = true }
            }
        }
        return found
    }
}
