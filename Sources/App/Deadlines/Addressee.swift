import Domain

/// Who gets an alert: a person, or all of a unit.
enum Addressee: Hashable, Sendable {
    case user(ID<User>)
    case unit(ID<Unit>)
}

extension Directory {
    /// The one who does this work today. What nobody is there for goes to the unit as a whole: no link drops a case
    /// silently (R4.2).
    func addressee(_ recipient: Reminder.Recipient, of subject: Case, on day: CivilDay) -> Addressee {
        switch recipient {
        case .handler: responsible(for: subject, on: day).map(Addressee.user) ?? .unit(unitInCharge(of: subject))
        case .contactCentre: .unit(municipality.centre)
        case .leader: leader(of: unitInCharge(of: subject), on: day).map(Addressee.user) ?? .unit(municipality.centre)
        }
    }

    /// While nobody has passed a case on, its unit is only where the category points to: the contact centre has it.
    func unitInCharge(of subject: Case) -> ID<Unit> {
        (subject.stateBefore ?? subject.state) == .new ? municipality.centre : subject.unit
    }

    /// The handler; while nobody is, the unit's receiver. Whoever is away is stood in for (R4.5).
    func responsible(for subject: Case, on day: CivilDay) -> ID<User>? {
        guard let unit = units[unitInCharge(of: subject)] else { return subject.handler }
        let people = [subject.handler, unit.receiver, unit.substitute, unit.leader]
        let found = present(people, on: day)
        // Whoever stands in from elsewhere could not even open what only the unit may read (R1.7).
        guard subject.isConfidential, let found, self.people[found]?.user.units.contains(unit.id) != true else {
            return found
        }
        return people.compactMap(\.self).first {
            self.people[$0].map { $0.user.isActive && $0.user.units.contains(unit.id) } ?? false
                && absences.absence(of: $0, on: day) == nil
        }
    }

    /// Who looks at what comes in to the unit.
    func receiver(of unit: Unit, on day: CivilDay) -> ID<User>? {
        present([unit.receiver, unit.substitute, unit.leader], on: day)
    }

    /// The unit's leader, or the nearest above who is there.
    func leader(of unit: ID<Unit>, on day: CivilDay) -> ID<User>? {
        var seen: Set<ID<Unit>> = []
        var next = units[unit]
        var leaders: [ID<User>?] = []
        while let unit = next, seen.insert(unit.id).inserted {
            leaders.append(unit.leader)
            next = unit.parent.flatMap { units[$0] }
        }
        return present(leaders, on: day)
    }

    /// The first who is there, or is stood in for; those without an account any more count as away.
    private func present(_ people: [ID<User>?], on day: CivilDay) -> ID<User>? {
        let active = people.compactMap(\.self).filter { self.people[$0]?.user.isActive == true }
        let found = absences.present(active.first, on: day, else: Array(active.dropFirst()))
        return found.flatMap { self.people[$0]?.user.isActive == true ? $0 : nil }
    }
}
