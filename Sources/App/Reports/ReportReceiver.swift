import Domain

/// Who gets a report by mail.
struct ReportReceiver: Sendable {
    /// Nil when nobody who could get it has one.
    var address: String?
    var name: String
    var language: String
    /// Whose report it is: the contact centre's, or a leader's, also while somebody stands in.
    var whose: Whose
    /// Why it comes to them, when they are not the leader.
    var reason: Reason?
    /// Units whose confidential cases they may know of.
    var units: Set<ID<Unit>>

    enum Whose: Hashable, Sendable {
        case centre
        case leader(ID<User>)
    }

    /// What the mail says, as `reports.mail.<raw value>`, with the leader's name.
    enum Reason: String, Sendable {
        case away
        case noAddress = "no_address"
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
        (report == .leader ? [] : [centreReceiver(.centre, on: day)])
            + (report == .open ? [] : leaders().map { leaderReceiver($0, on: day) })
    }

    /// The contact centre's own mailbox, else whoever receives for it or leads it, and is there.
    private func centreReceiver(_ whose: ReportReceiver.Whose, on day: CivilDay) -> ReportReceiver {
        let centre = units[municipality.centre]
        let people = [centre.flatMap { receiver(of: $0, on: day) }] + leadersAbove(municipality.centre, on: day)
        return centre.flatMap { mailbox(of: $0, for: whose) } ?? receiver(amongst: people, for: whose)
            ?? ReportReceiver(address: nil, name: "", language: municipality.language, whose: whose, units: [])
    }

    /// The leader, else who stands in, else the unit's own mailbox, else the leader above, else the contact centre: no
    /// list goes to nobody while there is somebody.
    private func leaderReceiver(_ leader: User, on day: CivilDay) -> ReportReceiver {
        let led = units.values.filter { $0.leader == leader.id }.sorted { $0.id < $1.id }
        let whose = ReportReceiver.Whose.leader(leader.id)
        let above = led.first.map { leadersAbove($0.id, on: day) } ?? []
        var found =
            receiver(amongst: Array(above.prefix(1)), for: whose)
            ?? led.lazy.compactMap { self.mailbox(of: $0, for: whose) }.first
            ?? receiver(amongst: above, for: whose) ?? centreReceiver(whose, on: day)
        if above.first != leader.id {
            found.reason = .away
        } else if leader.email == nil {
            found.reason = .noAddress
        }
        return found
    }

    /// Who leads the unit today, then each who leads above.
    private func leadersAbove(_ unit: ID<Unit>, on day: CivilDay) -> [ID<User>?] {
        units.path(from: unit).map { leader(of: $0.id, on: day) }
    }

    /// The first with an address.
    private func receiver(amongst people: [ID<User>?], for whose: ReportReceiver.Whose) -> ReportReceiver? {
        people.lazy.compactMap(\.self).compactMap { self.receiver($0, for: whose) }.first
    }

    private func receiver(_ user: ID<User>, for whose: ReportReceiver.Whose) -> ReportReceiver? {
        guard let user = people[user]?.user, let address = user.email else { return nil }
        return ReportReceiver(
            address: address, name: user.name, language: user.language ?? municipality.language, whose: whose,
            units: user.confidentialUnits)
    }

    private func mailbox(of unit: Unit, for whose: ReportReceiver.Whose) -> ReportReceiver? {
        unit.email.map {
            ReportReceiver(
                address: $0, name: unit.name, language: municipality.language, whose: whose, units: [unit.id])
        }
    }
}
