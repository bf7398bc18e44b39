import Database
import Domain

extension OutboxFacade {
    /// Writes into the case's history that a message about it did not arrive, or did after all, and works out anew what
    /// counts as told. In the transaction of the outcome, which is kept whatever is wrong with the case.
    func note(_ outcome: CaseFact.Message.Outcome, of message: OutboxMessage) throws {
        if outcome != .delivered {
            // Neither the address nor what the other side said, which may repeat it.
            installation.logger.warning(
                "a message did not arrive",
                metadata: [
                    "municipality": "\(municipality.slug)", "message": "\(message.id)",
                    "kind": "\(message.kind.rawValue)",
                    "medium": "\(message.medium.rawValue)", "outcome": "\(outcome.rawValue)",
                ])
        }
        guard let subject = message.caseID, let about = message.event,
            let row = try tx.row("SELECT id, number FROM cases WHERE municipality = \(tenant) AND id = \(subject)")
        else { return }
        // Nobody has to write down how a colleague or contractor was told: what is theirs to do is watched by its deadlines.
        let missed: OutboxMessage.Missed = outcome == .delivered ? .arrived : message.contact == nil ? .settled : .open
        _ = try op.cases.readable(row) { row in
            try tx.savepoint {
                try tx.run("UPDATE outbox SET missed = \(missed) WHERE municipality = \(tenant) AND id = \(message.id)")
                let data = CaseFact.Message(
                    message: ID(message.id.rawValue), about: about, audience: message.kind.audience,
                    recipient: message.contact, medium: message.medium, outcome: outcome)
                try op.cases.change(CaseNumber(sortKey: try row["number"]), in: .everything) { subject in
                    subject.messageEnded(
                        outcome == .delivered ? .messageArrived(data) : .messageMissed(data),
                        heard: try heard(of: about, in: subject), at: now)
                }
            }
        }
    }

    /// What those know of a step who had reported the case by then; nil for an event of which nobody has to hear, and for
    /// what was said before the case was opened again.
    private func heard(of event: ID<CaseEvent>, in subject: Case) throws -> Case.StepHeard? {
        let history = try op.history.events(of: subject.id)
        guard let line = history.first(where: { $0.id == event }), let step = Case.Step(line.event.kind),
            !history.contains(where: { $0.id > event && $0.event.kind == .reopened })
        else { return nil }
        // Whoever joined later was not told, and makes nothing untold: ids rise with time.
        let listeners = try op.cases.listeners(of: subject.id, hearing: event).filter { listener in
            listener.contacts.contains { $0.rawValue < event.rawValue }
        }
        if listeners.isEmpty { return nil }
        return Case.StepHeard(
            step: step, told: Told(listeners),
            isLast: !history.contains { $0.id > event && Case.Step($0.event.kind) != nil },
            answeredBefore: subject.answeredAt(by: history.map { ($0.id, $0.at, $0.event) }, besides: event))
    }

    /// Whose messages about a case did not arrive: those of reporters of whom nobody has said how they were told, and those
    /// of others.
    func missed(of subject: ID<Case>) throws -> Set<MessageKind.Audience> {
        let rows = try tx.rows(
            """
            SELECT DISTINCT kind FROM outbox WHERE municipality = \(tenant) AND case_id = \(subject)
                AND (missed = 'open' OR missed = 'settled' AND contact_id IS NULL)
            """)
        return Set(try rows.map { (try $0["kind"] as MessageKind).audience })
    }

    /// The reporters of a case to whom a message did not arrive, and of whom nobody has said how they were told.
    func missedContacts(of subject: ID<Case>) throws -> [ID<Contact>] {
        try tx.rows(
            """
            SELECT DISTINCT contact_id FROM outbox
            WHERE municipality = \(tenant) AND case_id = \(subject) AND missed = 'open' ORDER BY contact_id
            """
        ).map { try $0["contact_id"] }
    }

    /// It was said how they were told.
    func settleMissed(_ contacts: [ID<Contact>], of subject: ID<Case>) throws {
        try tx.send(
            """
            UPDATE outbox SET missed = 'settled' WHERE municipality = \(tenant) AND case_id = \(subject)
                AND missed = 'open' AND contact_id IN \(list: contacts)
            """)
    }

    /// On the table `cases`: those with a reporter to whom a message did not arrive, open or closed.
    var hasMissed: SQL {
        "cases.id IN (SELECT case_id FROM outbox WHERE municipality = \(tenant) AND missed = 'open')"
    }
}
