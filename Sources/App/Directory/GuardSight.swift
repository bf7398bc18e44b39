import Domain

/// Whether the organisation is changed in one transaction, and by whom. Used within it, by one thread.
final class OrganisationChange {
    /// The colleague who changes it; nil for Torg's own commands, which whoever may use the server runs.
    private(set) var changer: User?
    private(set) var isMade = false
    /// What a second person has just said yes to.
    fileprivate var confirmed: Set<SightGain> = []

    func note(by actor: Actor) {
        isMade = true
        if case .user(let user) = actor { changer = user }
    }

    func confirm(_ gain: SightGain) {
        confirmed.insert(SightGain(person: gain.person, unit: gain.unit, changer: nil))
    }
}

extension SightFacade {
    /// At the end of every writing transaction: compares who sees what with how it was at its beginning. Whatever a
    /// colleague has changed, and on whatever page: what somebody would newly see of confidential cases by it waits for a
    /// second person. Nobody has to remember to ask for this.
    func guardSight() throws {
        guard organisationChange.isMade, let changer = organisationChange.changer else { return }
        let op = try op.organisation.present(for: .user(changer))
        try op.sight.withdrawWhatIsGone()
        var made: [SightGrant] = []
        for person in op.sight.activeColleagues {
            let gains = op.sight.gains(of: person, since: directory.people[person.user.id])
            if gains.isEmpty { continue }
            let change: ID<SightChange> = newID()
            var grants = gains.map { SightGrant($0.gain, $0.cause, by: changer.id, in: change, op) }
            if let setter = person.passwordSetBy {
                // Who set the password before there was anything to see has a hand in it as well.
                let other: ID<SightChange> = newID()
                if setter != changer.id {
                    grants += gains.map { SightGrant($0.gain, .password, by: setter, in: other, op) }
                }
                try ManageTokens.revokeAll(of: person.user.id, in: op)
            }
            for grant in grants where try grant.insert(in: op) { made.append(grant) }
        }
        try op.sight.tellOfSight(.wanted, made, before: directory)
    }

    /// Somebody else set the password, and could log in as this person: until a second person knows better, the account
    /// sees nothing confidential and decides nothing for others.
    func doubt(_ person: Directory.Colleague, because changer: ID<User>) throws {
        let change: ID<SightChange> = newID()
        let grants = doubtful(of: person, because: changer).map {
            SightGrant($0, .password, by: changer, in: change, op)
        }
        for grant in grants { _ = try grant.insert(in: op) }
        // Every time, also while the last one still waits.
        try tellOfSight(.wanted, grants, before: directory)
    }

    /// What somebody loses until a second person says yes, because somebody else sets their password.
    func doubtful(of person: Directory.Colleague, because changer: ID<User>) -> [SightGain] {
        let units = person.user.units.sorted().map { SightGain(person: person.user.id, unit: $0, changer: changer) }
        let right = SightGain(person: person.user.id, unit: nil, changer: changer)
        return units + (person.user.may(.managePeople) ? [right] : [])
    }

    /// What waits for a second person because of what has been changed so far, person by person.
    func newlyWaiting() throws -> [SightGain] {
        guard organisationChange.isMade, let changer = organisationChange.changer else { return [] }
        let op = try op.organisation.present(for: .user(changer))
        return op.sight.activeColleagues.flatMap { person in
            op.sight.gains(of: person, since: directory.people[person.user.id]).map {
                SightGain(person: $0.gain.person, unit: $0.gain.unit, changer: changer.id)
            }
        }
    }

    private var activeColleagues: [Directory.Colleague] {
        directory.people.values.filter(\.user.isActive).sorted { $0.user.id < $1.user.id }
    }

    /// Leads to where it stands what waits for a second person now, and who can say yes; else to the list.
    ///
    /// - Parameters:
    ///   - list: where one goes on when nothing waits.
    ///   - waiting: the page that tells what waits.
    func saved(to list: String, waiting page: String) throws -> Reply {
        try newlyWaiting().isEmpty ? .redirect(list, flash: "saved") : .redirect(page, flash: "saved_waits")
    }

    private func gains(
        of person: Directory.Colleague, since before: Directory.Colleague?
    ) -> [(gain: SightGain, cause: SightGrant.Cause)] {
        let (id, known) = (person.user.id, before.flatMap { $0.user.isActive ? $0 : nil })
        var found: [(gain: SightGain, cause: SightGrant.Cause)] = []
        for unit in person.user.confidentialUnits.subtracting(known?.user.confidentialUnits ?? []).sorted() {
            let isLeader = directory.units[unit]?.leader == id
            let cause: SightGrant.Cause = isLeader ? .leader : person.memberOf.contains(unit) ? .member : .below
            found.append((SightGain(person: id, unit: unit, changer: nil), cause))
        }
        let decides = person.user.may(.managePeople) && person.isVouchedFor
        let decided = known.map { $0.user.may(.managePeople) && $0.isVouchedFor } ?? false
        if decides && !decided { found.append((SightGain(person: id, unit: nil, changer: nil), .role)) }
        let isReopened = before?.user.isActive == false
        return found.filter { !organisationChange.confirmed.contains($0.gain) }
            .map { ($0.gain, isReopened ? .reopened : $0.cause) }
    }

    private func withdrawWhatIsGone() throws {
        for grant in directory.grants {
            let user = directory.people[grant.person]?.user
            let stands = grant.unit.map { user?.units.contains($0) == true } ?? (user?.may(.managePeople) == true)
            if !stands { try grant.settle(as: .withdrawn, by: nil, in: op) }
        }
    }
}
