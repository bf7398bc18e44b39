import Domain

extension Directory {
    /// Somebody as they act on a day: with the work of those who are away and for whom they stand in (R4.5).
    ///
    /// - Returns: nil when there is no such account, or it is closed.
    func acting(_ id: ID<User>, on day: CivilDay) -> User? {
        guard var user = people[id]?.user, user.isActive else { return nil }
        let today = absences.filter { ($0.first...$0.last).contains(day) }
        guard today.contains(where: { $0.substitute == id }) else { return user }
        user.standsInFor = Set(
            today.map(\.user).filter { $0 != id && today.present([$0], on: day, worksHere: worksHere) == id })
        guard !user.standsInFor.isEmpty else { return user }
        let posts = units.values.filter { unit in
            [unit.receiver, unit.substitute].contains { $0.map(user.standsInFor.contains) == true }
        }
        let led = Set(units.values.filter { $0.leader.map(user.standsInFor.contains) == true }.map(\.id))
        user.coveredUnits.formUnion(units.values.below(led).union(posts.map(\.id)).subtracting(user.units))
        return user
    }
}

extension AbsenceFacade {
    /// "You stand in for Stær today."; empty when for nobody.
    var standingInText: String {
        get throws {
            let names = try user.standsInFor.map { directory.name(of: $0) }
                .sorted(in: directory.alphabet, by: \.self)
            return names.isEmpty ? "" : words("list.summary.standing_in", ["names": names.joined(separator: ", ")])
        }
    }
}
