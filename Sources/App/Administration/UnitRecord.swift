import Database
import Domain

/// What the form of a unit holds.
struct UnitRecord: Sendable {
    var name = ""
    var parent: ID<Unit>?
    var leader: ID<User>?
    var receiver: ID<User>?
    var substitute: ID<User>?
    var email: String?
    var phone: String?
    var isActive = true
    var isDiscreet = false
    var targets = TargetOverride()

    var values: FieldValues {
        let values: [String: String?] = [
            "admin.unit.name": name, "admin.unit.parent": parent?.description, "admin.unit.leader": leader?.description,
            "admin.unit.receiver": receiver?.description, "admin.unit.substitute": substitute?.description,
            "admin.unit.email": email, "admin.unit.phone": phone,
        ]
        return FieldValues(
            values.merging(TargetFields.values(of: targets, in: "admin.unit")) { own, _ in own },
            flags: ["admin.unit.active": isActive, "admin.unit.discreet": isDiscreet])
    }

    init() {}

    init(_ unit: Unit) {
        name = unit.name
        parent = unit.parent
        leader = unit.leader
        receiver = unit.receiver
        substitute = unit.substitute
        email = unit.email
        phone = unit.phone
        isActive = unit.isActive
        isDiscreet = unit.isDiscreet
        targets = unit.targets
    }

    /// Reads what was sent. What is wrong is gathered in the reader.
    ///
    /// - Parameter present: as it stands; whoever holds a post there may keep it.
    init(_ input: inout InputReader, of id: ID<Unit>?, present: UnitRecord, in op: Operation) {
        let directory = op.directory
        name = input.line("name", max: 100, required: true) ?? ""
        parent = input.id("parent")
        if let parent {
            let isKnown = directory.units[parent].map { $0.isActive || present.parent == parent } ?? false
            if !isKnown { input.fail("parent", "unknown") }
            if let id, directory.units.values.below([id]).contains(parent) { input.fail("parent", "unit_in_circle") }
        }
        let held = Set([present.leader, present.receiver, present.substitute].compactMap(\.self))
        leader = Self.person("leader", held, &input, directory)
        receiver = Self.person("receiver", held, &input, directory)
        substitute = Self.person("substitute", held, &input, directory)
        for (field, post) in [("receiver", receiver), ("substitute", substitute)] {
            guard let post, !held.contains(post), !directory.isPossibleHandler(post) else { continue }
            input.fail(field, "cannot_handle")
        }
        if let substitute, substitute == receiver { input.fail("substitute", "substitute_is_receiver") }
        email = input.email("email")?.description
        phone = input.phone("phone")?.description
        isActive = input.flag("active")
        isDiscreet = input.flag("discreet")
        // A name that gives the secret away is kept from the first; whoever knows better unticks it afterwards.
        if name != present.name && DiscreetName.gives(name) { isDiscreet = true }
        targets = TargetFields.read(&input)
    }

    private static func person(
        _ field: String, _ held: Set<ID<User>>, _ input: inout InputReader, _ directory: Directory
    ) -> ID<User>? {
        guard let id: ID<User> = input.id(field) else { return nil }
        guard let person = directory.people[id]?.user, person.isActive || held.contains(id) else {
            input.fail(field, "unknown")
            return nil
        }
        return id
    }

    func save(as id: ID<Unit>, isNew: Bool, in op: Operation) throws {
        if isNew {
            let unit = Unit(
                id: id, parent: parent, name: name, leader: leader, receiver: receiver, substitute: substitute,
                email: email, phone: phone, isActive: isActive, isDiscreet: isDiscreet, targets: targets)
            return try op.tx.insert(unit: unit, of: op.tenant)
        }
        try op.tx.run(
            """
            UPDATE units SET name = \(name), parent_id = \(parent), leader_id = \(leader), receiver_id = \(receiver),
                substitute_id = \(substitute), email = \(email), phone = \(phone), is_active = \(isActive),
                is_discreet = \(isDiscreet), acknowledge_days = \(targets.acknowledge), feedback_days = \(targets.feedback),
                feedback_holiday_days = \(targets.feedbackInHolidayPeriod), close_days = \(targets.close)
            WHERE municipality = \(op.tenant) AND id = \(id)
            """)
    }
}

/// A post that nobody holds: the unit then misses what comes in (R4.5), or nobody answers for it (R3.6).
enum UnitGap: String, Sendable, CaseIterable {
    case receiver = "no_receiver"
    case substitute = "no_substitute"
    case leader = "no_leader"
}

extension Directory {
    /// The posts of a unit that nobody holds who still works here. A leader above leads the units below as well.
    func gaps(in unit: Unit) -> [UnitGap] {
        let isHeld = { (id: ID<User>?) in id.flatMap { self.people[$0]?.user.isActive } ?? false }
        return [
            isHeld(unit.receiver) ? nil : .receiver, isHeld(unit.substitute) ? nil : .substitute,
            leader(of: unit.id) == nil ? .leader : nil,
        ].compactMap(\.self)
    }

    /// The units as a tree, each after the one it lies below, with how deep it lies (1 at the top).
    func unitTree() -> [(unit: Unit, depth: Int)] {
        let children = Dictionary(grouping: units.values) { unit in
            // What lies below a unit that does not exist stands at the top, rather than nowhere.
            unit.parent.flatMap { units[$0]?.id }
        }
        var tree: [(unit: Unit, depth: Int)] = []
        var seen: Set<ID<Unit>> = []
        func add(_ parent: ID<Unit>?, _ depth: Int) {
            for unit in (children[parent] ?? []).sorted(in: alphabet, by: \.name, id: \.id.rawValue)
            where seen.insert(unit.id).inserted {
                tree.append((unit, depth))
                add(unit.id, depth + 1)
            }
        }
        add(nil, 1)
        return tree
    }
}
