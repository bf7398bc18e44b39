import Domain

/// Who gets a report by mail.
struct ReportReceiver: Sendable {
    var address: String
    var name: String
    var language: String
    /// Whose report it is: the contact centre's, or a leader's, also while somebody stands in.
    var whose: Whose
    /// The leader who is away, when somebody stands in.
    var away: ID<User>?
    /// Units whose confidential cases they may know of.
    var units: Set<ID<Unit>>

    enum Whose: Hashable, Sendable {
        case centre
        case leader(ID<User>)
    }

    /// In the occasion of the mail.
    var key: String {
        switch whose {
        case .centre: "centre"
        case .leader(let leader): "\(leader)"
        }
    }
}

extension Directory {
    /// The open cases go to the contact centre, what is overdue to it and to each leader, a leader's list to the leader.
    func receivers(of report: FollowUpReport, on day: CivilDay) -> [ReportReceiver] {
        let centre = report == .leader ? nil : centreReceiver(on: day)
        let leaders = report == .open ? [] : leaders().compactMap { leaderReceiver($0, on: day) }
        return [centre].compactMap(\.self) + leaders
    }

    /// The contact centre's own mailbox, else whoever receives for it or leads it, and is there.
    private func centreReceiver(on day: CivilDay) -> ReportReceiver? {
        guard let centre = units[municipality.centre] else { return nil }
        if let mailbox = mailbox(of: centre, for: .centre) { return mailbox }
        let people = [receiver(of: centre, on: day), leader(of: centre.id, on: day)]
        return people.compactMap(\.self).lazy.compactMap { self.receiver($0, for: .centre) }.first
    }

    /// The leader, else who stands in, else the unit's own mailbox: no list goes to nobody while there is somebody.
    private func leaderReceiver(_ leader: User, on day: CivilDay) -> ReportReceiver? {
        let led = units.values.filter { $0.leader == leader.id }.sorted { $0.id < $1.id }
        guard let unit = led.first else { return nil }
        let present = self.leader(of: unit.id, on: day)
        var found = present.flatMap { receiver($0, for: .leader(leader.id)) }
        if present != leader.id { found?.away = leader.id }
        return found ?? led.lazy.compactMap { self.mailbox(of: $0, for: .leader(leader.id)) }.first
    }

    private func receiver(_ user: ID<User>, for whose: ReportReceiver.Whose) -> ReportReceiver? {
        guard let user = people[user]?.user, let address = user.email else { return nil }
        return ReportReceiver(
            address: address, name: user.name, language: user.language ?? municipality.language, whose: whose,
            units: user.units)
    }

    private func mailbox(of unit: Unit, for whose: ReportReceiver.Whose) -> ReportReceiver? {
        unit.email.map {
            ReportReceiver(
                address: $0, name: unit.name, language: municipality.language, whose: whose, units: [unit.id])
        }
    }
}
