import Database
import Domain

// The history that was not kept before migration 25: that contacts were registered, and which citizen or contractor acted.

extension RebuildFacade {
    /// Of citizens and contractors only the kind stood in a column; who it was stands in the event's own data.
    func nameActors(_ portion: RebuildPortion) throws -> RebuildProgress {
        let rows = try tx.rows(
            """
            SELECT id, case_id, kind, actor, actor_id, data FROM events
            WHERE municipality = \(tenant) AND case_id IS NOT NULL
                AND id > \(portion.after)
            ORDER BY id LIMIT \(portion.limit)
            """)
        for row in rows {
            let (actor, known): (Actor.Kind, Int64?) = (try row["actor"], try row["actor_id"])
            guard known == nil, actor == .citizen || actor == .contractor else { continue }
            // What cannot be read is told by `torg verify`; here it stays as it is.
            guard let event = try? CaseEvent(try row["kind"], json: try row["data"]) else { continue }
            let id: ID<CaseEvent> = try row["id"]
            let who =
                actor == .citizen
                ? try (event.fact.contact ?? lastContact(of: try row["case_id"], before: id))?.rawValue
                : event.fact.contractor?.rawValue
            try tx.send("UPDATE events SET actor_id = \(who) WHERE municipality = \(tenant) AND id = \(id)")
        }
        return try rows.last.map { (rows.count, try $0["id"]) }
    }

    /// Who wrote last: it was what they wrote that made the case acute.
    private func lastContact(of subject: ID<Case>, before event: ID<CaseEvent>) throws -> ID<Contact>? {
        let rows = try tx.rows(
            """
            SELECT kind, data FROM events WHERE municipality = \(tenant) AND case_id = \(subject) AND id < \(event)
            ORDER BY id DESC
            """)
        return rows.lazy.compactMap { row in
            try? CaseEvent(try row["kind"], json: try row["data"]).fact.contact
        }.first
    }

    func recordContacts(_ portion: RebuildPortion) throws -> RebuildProgress {
        let rows = try tx.rows(
            """
            SELECT id, at, channel, direction, registered_by, source FROM contacts
            WHERE municipality = \(tenant) AND id > \(portion.after) ORDER BY id LIMIT \(portion.limit)
            """)
        let contacts: [ID<Contact>] = try rows.map { try $0["id"] }
        let asked = try questionsAsked(in: contacts)
        let (recorded, taken) = (try recorded(contacts), try taken(contacts))
        for row in rows {
            let id: ID<Contact> = try row["id"]
            if recorded.contains(id) { continue }
            let line: Int64 = taken.contains(id) ? newID(of: CaseEvent.self).rawValue : id.rawValue
            let (user, source): (ID<User>?, String?) = (try row["registered_by"], try row["source"])
            let event = ContactEvent.registered(
                .init(channel: try row["channel"], direction: try row["direction"], questions: asked[id] ?? []))
            let actor: Actor.Kind = user != nil ? .user : source != nil ? .system : .citizen
            let actorID = user?.rawValue ?? (source == nil ? id.rawValue : nil)
            let at: Instant = try row["at"]
            try op.history.appendLine(
                line, event.kind.rawValue, try event.json, about: .contact(id), at: at, by: actor, actorID)
        }
        return try rows.last.map { (rows.count, try $0["id"]) }
    }

    /// Those that stand in the history already: registered since, or by a run that was stopped.
    private func recorded(_ contacts: [ID<Contact>]) throws -> Set<ID<Contact>> {
        if contacts.isEmpty { return [] }
        let rows = try tx.rows(
            """
            SELECT contact_id FROM events WHERE municipality = \(tenant) AND contact_id IN \(list: contacts)
                AND kind = \(ContactEvent.Kind.registered.rawValue)
            """)
        return Set(try rows.map { try $0["contact_id"] })
    }

    /// Those whose id a case's event has. Until now ids had to differ within a table only.
    private func taken(_ contacts: [ID<Contact>]) throws -> Set<ID<Contact>> {
        if contacts.isEmpty { return [] }
        let rows = try tx.rows("SELECT id FROM events WHERE municipality = \(tenant) AND id IN \(list: contacts)")
        return Set(try rows.map { try $0["id"] })
    }

    /// By contact, with the unit that the case was opened in; of what was answered at once, where the category leads now.
    private func questionsAsked(in contacts: [ID<Contact>]) throws -> [ID<Contact>: [ContactEvent.Asked]] {
        if contacts.isEmpty { return [:] }
        let rows = try tx.rows(
            """
            SELECT id, contact_id, category_id, is_answered, case_id FROM questions
            WHERE municipality = \(tenant) AND contact_id IN \(list: contacts) ORDER BY contact_id, id
            """)
        let units = try openingUnits(of: Set(rows.compactMap { try $0["case_id"] as ID<Case>? }))
        var asked: [ID<Contact>: [ContactEvent.Asked]] = [:]
        for row in rows {
            let (category, subject): (ID<Category>?, ID<Case>?) = (try row["category_id"], try row["case_id"])
            let unit = subject.flatMap { units[$0] } ?? directory.unit(for: category)
            asked[try row["contact_id"], default: []].append(
                .init(
                    question: try row["id"], category: category, unit: unit, isAnswered: try row["is_answered"],
                    subject: subject))
        }
        return asked
    }

    private func openingUnits(of cases: Set<ID<Case>>) throws -> [ID<Case>: ID<Unit>] {
        if cases.isEmpty { return [:] }
        let rows = try tx.rows(
            """
            SELECT case_id, data FROM events
            WHERE municipality = \(tenant) AND case_id IN \(list: cases.sorted()) AND kind = \(CaseEvent.Kind.opened)
            """)
        let units = rows.compactMap { row -> (ID<Case>, ID<Unit>)? in
            guard let data: String = try? row["data"], let unit = (try? CaseEvent(.opened, json: data))?.fact.unit,
                let id: ID<Case> = try? row["case_id"]
            else { return nil }
            return (id, unit)
        }
        return Dictionary(units, uniquingKeysWith: { first, _ in first })
    }
}
