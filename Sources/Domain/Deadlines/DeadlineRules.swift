/// What the deadlines of a municipality's cases follow from: its calendar, its targets, and what units and categories set
/// otherwise. Kept with the work of reckoning many deadlines anew, so that it knows what held before.
public struct DeadlineRules: Hashable, Sendable, Codable {
    public var calendar: WorkingCalendar
    public var targets: ServiceTargets
    /// Only those that set anything.
    private var units: [ID<Unit>: TargetOverride]
    private var categories: [ID<Category>: CategoryTargets]

    private struct CategoryTargets: Hashable, Sendable, Codable {
        var targets: TargetOverride
        var isComplaint: Bool
    }

    public init(
        calendar: WorkingCalendar, targets: ServiceTargets, units: some Sequence<Unit>,
        categories: some Sequence<Category>
    ) {
        self.calendar = calendar
        self.targets = targets
        self.units = units.reduce(into: [:]) { known, unit in
            if unit.targets != TargetOverride() { known[unit.id] = unit.targets }
        }
        self.categories = categories.reduce(into: [:]) { known, category in
            if category.targets != TargetOverride() || category.isComplaint {
                known[category.id] = CategoryTargets(targets: category.targets, isComplaint: category.isComplaint)
            }
        }
    }

    /// The targets of a case: the municipality's, then what the channel, the unit and the category say otherwise.
    public func targets(for subject: Case) -> ServiceTargets {
        targets(on: subject.channel, unit: subject.unit, category: subject.category)
    }

    /// - Parameter base: what the municipality would have; nil for what it has.
    public func targets(
        on channel: Contact.Channel? = nil, unit: ID<Unit>?, category: ID<Category>?, from base: ServiceTargets? = nil
    ) -> ServiceTargets {
        var targets = (base ?? targets).on(channel)
        if let own = unit.flatMap({ units[$0] }) { targets = targets.overridden(by: own) }
        if let own = category.flatMap({ categories[$0] }) {
            targets = targets.overridden(by: own.targets, isComplaint: own.isComplaint)
        }
        return targets
    }

    /// The deadlines of a case that run by these rules.
    public func running(_ subject: Case) -> [Deadline] { subject.clocks.running(targets(for: subject), calendar) }
}
