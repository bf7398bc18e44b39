import Database
import Domain

extension CaseFacade {
    /// Those who reported a case, each person once, and what they know of its last step.
    ///
    /// - Parameter event: of the step; nil for one that is being taken.
    func listeners(of subject: ID<Case>, hearing event: ID<CaseEvent>? = nil) throws -> [Listener] {
        let reporters = try op.outbox.reporters(of: subject)
        let sent = try event.map { try messages(because: $0) } ?? []
        let tellings = try event.map { try self.tellings(of: [$0])[$0] ?? [] } ?? []
        return Person.grouped(reporters.map(\.person), in: municipality.country).map { indices in
            let same = indices.map { reporters[$0] }
            let contacts = same.map(\.contact)
            let addresses = Set(same.compactMap { op.outbox.way(to: $0.person)?.address })
            return Listener(
                contacts: contacts, person: same[same.count - 1].person, isReachable: !addresses.isEmpty,
                sentAt: sent.first { $0.contact.map(contacts.contains) == true || addresses.contains($0.address) }?.at,
                telling: tellings.first { contacts.contains($0.contact) }?.telling)
        }
    }

    private func messages(because event: ID<CaseEvent>) throws -> [(
        contact: ID<Contact>?, address: String, at: Instant
    )] {
        try tx.rows(
            """
            SELECT contact_id, address, CASE WHEN missed = 'arrived' THEN sent_at ELSE created_at END AS told_at
            FROM outbox WHERE municipality = \(tenant) AND event_id = \(event) AND contact_id IS NOT NULL
                AND (missed IS NULL OR missed = 'arrived')
            """
        ).map { (try $0["contact_id"], try $0["address"], try $0["told_at"]) }
    }

    /// What was written down of events, by event.
    func tellings(of events: [ID<CaseEvent>]) throws -> [ID<CaseEvent>: [StoredTelling]] {
        guard !events.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT * FROM tellings WHERE municipality = \(tenant) AND event_id IN \(list: events)
            ORDER BY event_id, contact_id
            """)
        return Dictionary(grouping: try rows.map(StoredTelling.init), by: \.event)
    }

    /// All of a case, by event.
    func tellings(about subject: ID<Case>) throws -> [ID<CaseEvent>: [StoredTelling]] {
        // CROSS JOIN: SQLite would begin with all tellings, which are already in the order that is wanted.
        let rows = try tx.rows(
            """
            SELECT tellings.* FROM events CROSS JOIN tellings
            WHERE events.municipality = \(tenant) AND events.case_id = \(subject)
                AND tellings.municipality = events.municipality AND tellings.event_id = events.id
            ORDER BY tellings.event_id, tellings.contact_id
            """)
        return Dictionary(grouping: try rows.map(StoredTelling.init), by: \.event)
    }

    /// What was last said to the citizen since the case was opened, or opened again; nil for nothing yet.
    func lastStep(of subject: ID<Case>) throws -> (event: ID<CaseEvent>, step: Case.Step)? {
        let row = try tx.row(
            """
            SELECT id, kind FROM events WHERE municipality = \(tenant) AND case_id = \(subject)
                AND kind IN ('feedback_given', 'waiting', 'closed', 'reopened') ORDER BY id DESC LIMIT 1
            """)
        guard let row else { return nil }
        let kind: CaseEvent.Kind = try row["kind"]
        return try Case.Step(kind).map { (try row["id"], $0) }
    }

    func store(_ listeners: [Listener], of event: ID<CaseEvent>) throws {
        let contractor: ID<Contractor>? = if case .contractor(let id) = actor { id } else { nil }
        for listener in listeners {
            guard let telling = listener.telling else { continue }
            for contact in listener.contacts {
                try tx.send(
                    """
                    INSERT INTO tellings (municipality, event_id, contact_id, how, at, user_id, contractor_id, note)
                    VALUES (\(tenant), \(event), \(contact), \(telling.how), \(telling.at), \(actor.userID), \(contractor),
                        \(telling.note))
                    ON CONFLICT (municipality, event_id, contact_id) DO UPDATE SET how = excluded.how, at = excluded.at,
                        user_id = excluded.user_id, contractor_id = excluded.contractor_id, note = excluded.note
                    """)
            }
        }
    }
}

/// A telling as it is stored.
struct StoredTelling: Sendable {
    var event: ID<CaseEvent>
    var contact: ID<Contact>
    var telling: Telling
    var user: ID<User>?
    var contractor: ID<Contractor>?

    init(_ row: Row) throws {
        event = try row["event_id"]
        contact = try row["contact_id"]
        telling = Telling(try row["how"], at: try row["at"], note: try row["note"])
        user = try row["user_id"]
        contractor = try row["contractor_id"]
    }
}

extension CitizenWay {
    /// As the outbox has it.
    var address: String {
        switch self {
        case .mail(let address): address.description
        case .sms(let phone): phone
        }
    }
}
