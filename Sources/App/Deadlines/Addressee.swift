import Domain

/// Who gets an alert: a person, all of a unit, or a contractor, who has no bell.
enum Addressee: Hashable, Sendable {
    case user(ID<User>)
    case unit(ID<Unit>)
    case contractor(ID<Contractor>)
}

extension Directory {
    /// The one who does this work today. What nobody is there for goes to the unit as a whole: no link drops a case
    /// silently (R4.2).
    func addressee(_ recipient: Reminder.Recipient, of subject: Case, on day: CivilDay) -> Addressee {
        switch recipient {
        case .handler:
            responsible(for: subject, on: day).map(Addressee.user)
                ?? .unit(subject.isConfidential ? subject.unit : unitInCharge(of: subject))
        case .contactCentre: centre(for: subject)
        case .leader:
            leader(of: unitInCharge(of: subject), on: day, for: subject).map(Addressee.user) ?? centre(for: subject)
        }
    }

    /// That there is something confidential is nothing for the contact centre (R1.7): all of its own unit hear of it.
    private func centre(for subject: Case) -> Addressee {
        .unit(subject.isConfidential ? subject.unit : municipality.centre)
    }

    /// While nobody has passed a case on, its unit is only where the category points to: the contact centre has it.
    func unitInCharge(of subject: Case) -> ID<Unit> {
        subject.isUndistributed ? municipality.centre : subject.unit
    }

    /// The handler; while nobody is, the unit's receiver. Whoever is away is stood in for (R4.5).
    func responsible(for subject: Case, on day: CivilDay) -> ID<User>? {
        let unit = units[unitInCharge(of: subject)]
        return present([subject.handler, unit?.receiver, unit?.substitute, unit?.leader], on: day, for: subject)
    }

    /// Who hears at once of what is acute: whoever does the work, and whoever receives for the unit (R1.10).
    func toldAtOnce(of subject: Case, on day: CivilDay) -> [Addressee] {
        let unit = units[unitInCharge(of: subject)]
        let receiver = present([unit?.receiver, unit?.substitute, unit?.leader], on: day, for: subject)
        let handler = addressee(.handler, of: subject, on: day)
        return receiver.map(Addressee.user).map { $0 == handler ? [handler] : [handler, $0] } ?? [handler]
    }

    /// The person, or who stands in for them: else whoever receives for the units they work in.
    func standIn(for user: ID<User>, on day: CivilDay) -> ID<User>? {
        let home = (people[user]?.home ?? []).sorted().compactMap { units[$0] }
        return present([user] + home.flatMap { [$0.receiver, $0.substitute, $0.leader] }, on: day)
    }

    /// Who looks at what comes in to the unit.
    func receiver(of unit: Unit, on day: CivilDay) -> ID<User>? {
        present([unit.receiver, unit.substitute, unit.leader], on: day)
    }

    /// The unit's leader, or the nearest above who is there.
    ///
    /// - Parameter subject: what they are told of, when they have to be able to read it.
    func leader(of unit: ID<Unit>, on day: CivilDay, for subject: Case? = nil) -> ID<User>? {
        present(units.path(from: unit).map(\.leader), on: day, for: subject)
    }

    /// The first who is there, or is stood in for. Whoever could not even open the case, because only its unit may read
    /// it (R1.7), is passed by.
    private func present(_ people: [ID<User>?], on day: CivilDay, for subject: Case? = nil) -> ID<User>? {
        absences.present(
            people.compactMap(\.self), on: day, worksHere: worksHere,
            mayTake: { person in
                guard let subject, subject.isConfidential else { return true }
                return self.people[person]?.user.isKeptFrom(subject) == false
            })
    }
}
