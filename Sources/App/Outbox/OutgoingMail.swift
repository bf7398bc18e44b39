import Database
import Domain

/// What goes into the outbox: a mail or a text message.
struct OutgoingMail: Sendable {
    /// What it tells of. Each tells an address once.
    enum Cause: Sendable {
        case event(ID<CaseEvent>, of: ID<Case>)
        /// What many alerts say, or a report: which mail of which day it is.
        case occasion(String)
    }

    var words: MailWords
    var medium = MailRecord.Medium.mail
    var kind: String
    var address: String
    var name: String?
    var language: String
    /// The contact of the citizen who gets it, so that they can stop it; nil for colleagues.
    var citizen: ID<Contact>?

    /// Puts it into the outbox, unless the address has been told.
    ///
    /// - Returns: false when it had been told before.
    func put(in op: Operation) throws -> Bool {
        let told: (subject: ID<Case>?, event: ID<CaseEvent>?, occasion: String?)
        let once: SQL
        switch words.cause {
        case .event(let event, let subject): (told, once) = ((subject, event, nil), "municipality, event_id, address")
        case .occasion(let occasion): (told, once) = ((nil, nil, occasion), "municipality, occasion, address")
        }
        let id: ID<MailRecord> = op.newID()
        let insertion: SQL = """
            INSERT INTO mails (municipality, id, case_id, event_id, occasion, medium, kind, name, address, language,
                subject, body, is_neutral, contact_id, state, next_attempt_at, created_at)
            VALUES (\(op.tenant), \(id), \(told.subject), \(told.event), \(told.occasion),
                \(medium), \(kind), \(name), \(address), \(language), \(words.subject), \(words.body),
                \(words.isNeutral), \(citizen), 'waiting', \(op.now), \(op.now))
            ON CONFLICT (\(once)) DO NOTHING
            """
        // Whether the row is new matters only where something hangs on it: an answer would have to be waited for.
        guard case .occasion = words.cause else {
            try op.tx.send(insertion)
            op.installation.mailQueued.note()
            return true
        }
        guard try op.tx.run(insertion) > 0 else { return false }
        for subject in words.mentions.sorted() {
            try op.tx.send(
                """
                INSERT INTO mail_subjects (municipality, mail_id, case_id) VALUES (\(op.tenant), \(id), \(subject))
                """)
        }
        op.installation.mailQueued.note()
        return true
    }
}
