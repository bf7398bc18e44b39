import Domain

extension AbsenceFacade {
    /// "Away from Monday 20 July through Friday 24 July. Stær stands in."
    func text(_ absence: Absence) -> String {
        let times = Times(directory.calendar, words, now)
        let text = words("absence.text", ["first": times.day(absence.first), "last": times.day(absence.last)])
        return text + " " + standIn(absence)
    }

    /// "Away through Friday 24 July. Stær stands in."; nil for whoever is here.
    func awayToday(_ user: ID<User>) -> String? {
        guard let absence = directory.absences.absence(of: user, on: today) else { return nil }
        let times = Times(directory.calendar, words, now)
        return words("absence.away", ["last": times.day(absence.last)]) + " " + standIn(absence)
    }

    private func standIn(_ absence: Absence) -> String {
        guard let substitute = absence.substitute else { return words("absence.stand_in.unit") }
        let name = ["name": directory.name(of: substitute)]
        guard directory.worksHere(substitute) else { return words("absence.stand_in.left", name) }
        // That is no mistake: who stands in for them does. It is told, as it may not have been meant.
        let isAwayToo = directory.absences.contains {
            $0.user == substitute && $0.first <= absence.last && absence.first <= $0.last
        }
        return words(isAwayToo ? "absence.stand_in.away" : "absence.stand_in", name)
    }
}

extension Directory {
    /// Whom somebody stands in for today or later, by name.
    func stoodInFor(by user: ID<User>, _ op: Operation) -> [String] {
        Set(absences.filter { $0.substitute == user && $0.last >= op.today }.map(\.user))
            .filter(worksHere).map { name(of: $0) }.sorted(in: alphabet, by: \.self)
    }

    /// Those that are going on and those to come, by their first day.
    func absencesFromNow(of user: ID<User>, _ op: Operation) -> [Absence] {
        absences.filter { $0.user == user && $0.last >= op.today }.sorted { ($0.first, $0.id) < ($1.first, $1.id) }
    }
}

extension User {
    /// Whether they answer for the unit: a leader's units are their own and all below.
    func leads(_ unit: ID<Unit>) -> Bool { may(.leadUnit) && units.contains(unit) }

    /// Whether they may say when somebody is away: for themselves, and for those whose work they plan.
    func mayPlanFor(_ person: User) -> Bool {
        person.id == id || may(.managePeople) || (may(.leadUnit) && !units.isDisjoint(with: person.units))
    }
}

extension Times {
    /// "Thursday 23 July", with the year when it is another one.
    func day(_ day: CivilDay) -> String { self.day(calendar.timeZone.instant(of: day, at: .noon)) }
}
