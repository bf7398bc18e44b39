import Database
import Domain

/// Sends by mail what the bell shows: all that somebody has to know in one mail a working day (R4.2). What comes later
/// the same day waits for the next one, except what is acute, which has a mail of its own.
extension Installation {
    /// Queues the mails that are due, and says how many there were.
    func mailAlerts() async throws -> Int {
        try await inEachMunicipality { municipality in
            var queued = 0
            for mailbox in try await read(municipality, as: { _, _, _ in .system }, { try $0.alerts.mailboxesToFill() })
            {
                // One in each transaction: a mail that is queued and the alerts it tells belong together, no more.
                let isQueued = try await write(municipality, as: { _, _, _ in .system }) {
                    try $0.alerts.fill(mailbox)
                }
                if isQueued { queued += 1 }
            }
            return queued
        }
    }
}

/// Where alerts are mailed to.
enum Mailbox: Hashable, Sendable {
    case person(ID<User>)
    case unit(ID<Unit>)
    case contractor(ID<Contractor>)
    /// There is no address: the bell has to do.
    case none

    /// Says which mail it is, so that there is one a day.
    func occasion(on day: CivilDay) -> String? {
        switch self {
        case .person(let user): "alerts:\(day.iso):user:\(user)"
        case .unit(let unit): "alerts:\(day.iso):unit:\(unit)"
        case .contractor(let contractor): "alerts:\(day.iso):contractor:\(contractor)"
        case .none: nil
        }
    }
}

extension Directory {
    /// Whoever has gone away since they were alerted is stood in for (R4.5); where nobody is, or nobody has an address, it
    /// waits in their own mail, else in that of a unit of theirs. A unit without an address of its own gives its alerts to
    /// whoever receives for it today.
    func mailbox(of addressee: Addressee, on day: CivilDay) -> Mailbox {
        switch addressee {
        case .user(let user):
            if let reader = [standIn(for: user, on: day), user].compactMap(\.self).first(where: {
                people[$0]?.user.email != nil
            }) {
                .person(reader)
            } else {
                people[user]?.home.sorted().first { units[$0]?.email != nil }.map(Mailbox.unit) ?? .none
            }
        case .unit(let unit):
            if units[unit]?.email != nil {
                .unit(unit)
            } else {
                units[unit].flatMap { receiver(of: $0, on: day) }.map { mailbox(of: .user($0), on: day) } ?? .none
            }
        case .contractor(let contractor):
            contractors[contractor]?.isActive == true ? .contractor(contractor) : .none
        }
    }
}

extension AlertFacade {
    /// Alerts named in one statement.
    static let portion = 500

    /// Those with alerts to mail who have had no mail today; none outside office hours, and none until all reminders of
    /// the morning have been made, so that they come together.
    fileprivate func mailboxesToFill() throws -> [Mailbox] {
        guard op.deadlines.mayRemind, try !op.deadlines.hasCasesToRemind() else { return [] }
        let mailboxes = Set(try waiting().keys)
        let filled: Set<String> = Set(
            try tx.rows(
                """
                SELECT occasion FROM outbox WHERE municipality = \(tenant)
                    AND occasion IN \(list: mailboxes.compactMap { $0.occasion(on: today) })
                """
            ).map { try $0["occasion"] })
        return mailboxes.filter { mailbox in mailbox.occasion(on: today).map { !filled.contains($0) } ?? true }
    }

    /// Whose alerts have not been mailed, by where they go.
    private func waiting() throws -> [Mailbox: [Addressee]] {
        let rows = try tx.rows(
            """
            SELECT DISTINCT user_id, unit_id, contractor_id FROM alerts
            WHERE municipality = \(tenant) AND mailed_at IS NULL
            """)
        let addressees = try rows.compactMap { row -> Addressee? in
            if let user: ID<User> = try row["user_id"] { return .user(user) }
            if let unit: ID<Unit> = try row["unit_id"] { return .unit(unit) }
            return try (row["contractor_id"] as ID<Contractor>?).map(Addressee.contractor)
        }
        return Dictionary(grouping: addressees) { directory.mailbox(of: $0, on: today) }
    }

    /// Queues the mail, if there is anything left to tell, and remembers in the alerts that it has been told.
    fileprivate func fill(_ mailbox: Mailbox) throws -> Bool {
        let conditions = try waiting()[mailbox, default: []].map { addressee -> SQL in
            switch addressee {
            case .user(let user): "user_id = \(user)"
            case .unit(let unit): "unit_id = \(unit)"
            case .contractor(let contractor): "contractor_id = \(contractor)"
            }
        }
        guard !conditions.isEmpty else { return false }
        let alerts = try tx.rows(
            """
            SELECT * FROM alerts WHERE municipality = \(tenant) AND mailed_at IS NULL
                AND (\(SQL.joined(conditions, separator: " OR "))) ORDER BY id\(tx.dialect.forUpdate)
            """
        ).compactMap { try op.cases.readable($0, of: "reminder", Alert.init) }
        guard let isQueued = try queueDigest(of: alerts, to: mailbox) else { return false }
        for told in alerts.map(\.id).portions(of: Self.portion) {
            try tx.send(
                "UPDATE alerts SET mailed_at = \(now) WHERE municipality = \(tenant) AND id IN \(list: Array(told))")
        }
        return isQueued
    }

    /// Nil when today's mail has been queued meanwhile; false when there is nobody or nothing to write to.
    private func queueDigest(of alerts: [Alert], to mailbox: Mailbox) throws -> Bool? {
        let reader: (address: String?, name: String?, language: String?, user: ID<User>?)
        var unit: ID<Unit>?
        switch mailbox {
        case .person(let id):
            let user = directory.people[id]?.user
            reader = (user?.email, user?.name, user?.language, id)
        case .unit(let id):
            unit = id
            reader = (directory.units[id]?.email, directory.units[id]?.name, nil, nil)
        case .contractor(let id): return try queueReminder(of: alerts, to: id, mailbox.occasion(on: today))
        case .none: return false
        }
        guard let address = reader.address, let occasion = mailbox.occasion(on: today) else { return false }
        let op = self.op.speaking(reader.language ?? municipality.language)
        guard let digest = try AlertDigest(alerts, for: reader.user, mailbox: unit, in: op) else { return false }
        let isQueued = try op.outbox.queue(
            .alerts, subject: digest.subject, body: digest.body, mentions: digest.mentions, to: address,
            name: reader.name, language: op.language, occasion: occasion)
        return isQueued ? true : nil
    }

    /// As `queueDigest`.
    private func queueReminder(of alerts: [Alert], to id: ID<Contractor>, _ occasion: String?) throws -> Bool? {
        let op = self.op.speaking(municipality.language)
        guard let occasion, let contractor = directory.contractors[id],
            let reminder = try ContractorReminder(alerts, to: contractor, in: op)
        else { return false }
        let isQueued = try op.outbox.queue(
            .contractorReminder, subject: reminder.subject, body: reminder.body, mentions: reminder.mentions,
            to: contractor.email, name: contractor.name, language: op.language, occasion: occasion)
        return isQueued ? true : nil
    }
}
