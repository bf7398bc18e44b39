import Domain

/// What a reader wants to see of a report: which unit, which leader's.
struct ReportChoice: Sendable {
    let report: FollowUpReport
    /// One that the reader may choose; nil for all.
    let unit: ID<Unit>?
    /// nil in the other reports, and while nobody has been chosen.
    let leader: ID<User>?
    /// Units to choose between, by name.
    let units: [Unit]
    /// Leaders to choose between, by name.
    let leaders: [User]

    init(_ report: FollowUpReport, unit: ID<Unit>?, leader: ID<User>?, in op: Operation) throws {
        let (user, directory) = (try op.user, op.directory)
        self.report = report
        let mayAll = user.may(.seeAllCases)
        // Also those for whom they stand in today.
        leaders =
            report == .leader
            ? directory.leaders {
                mayAll || user.worksIn($0.id)
                    || directory.leader(of: $0.id, on: op.today) == user.id
            } : []
        let isLeader = leaders.contains { $0.id == user.id }
        let wanted = leader ?? (isLeader ? user.id : leaders.count == 1 ? leaders[0].id : nil)
        guard leader == nil || leaders.contains(where: { $0.id == leader }) else { throw Refusal.notFound }
        self.leader = wanted
        let own = wanted.map(directory.units(ledBy:))
        units = directory.activeUnits.filter {
            own?.contains($0.id) ?? (mayAll || user.worksIn($0.id))
        }
        guard unit == nil || units.contains(where: { $0.id == unit }) else { throw Refusal.notFound }
        self.unit = unit
    }

    init(_ report: FollowUpReport, _ visit: Visit, in op: Operation) throws {
        func id<Entity>(_ name: String, of _: Entity.Type = Entity.self) throws -> ID<Entity>? {
            guard let text = visit.queried(name), !text.isEmpty else { return nil }
            guard let id = ID<Entity>(text: text) else { throw Refusal.notFound }
            return id
        }
        try self.init(report, unit: try id("unit"), leader: try id("leader"), in: op)
    }

    /// nil while a leader is to be chosen first.
    func query(in op: Operation) throws -> FollowUpQuery? {
        guard report != .leader || leader != nil else { return nil }
        var query = FollowUpQuery(report: report, scope: try op.scope, units: nil)
        if let leader { query.units = op.directory.units(ledBy: leader) }
        if let unit { query.units = [unit] }
        return query
    }

    /// As the address carries it.
    func query(unit: ID<Unit>?) -> String {
        let parts = [leader.map { "leader=\($0)" }, unit.map { "unit=\($0)" }].compactMap(\.self)
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }
}

extension Directory {
    /// The units that somebody answers for (R3.6): those they lead, and those below that nobody else leads. So each unit
    /// is on one leader's list.
    func units(ledBy user: ID<User>) -> Set<ID<Unit>> {
        Set(units.keys.filter { leader(of: $0) == user })
    }

    /// Those who lead an active unit, by name.
    func leaders(where isIncluded: (Unit) -> Bool = { _ in true }) -> [User] {
        let leading = Set(activeUnits.filter(isIncluded).compactMap { leader(of: $0.id) })
        return activePeople.filter { leading.contains($0.id) }
    }
}
