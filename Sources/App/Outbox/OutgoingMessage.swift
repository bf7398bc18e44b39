import Database
import Domain

/// What goes into the outbox.
struct OutgoingMessage: Sendable {
    /// What it tells of. Each tells an address once.
    enum Cause: Sendable {
        case event(ID<CaseEvent>, of: ID<Case>)
        /// What many alerts say, or a report: which message of which day it is.
        case occasion(String)
    }

    var words: MessageWords
    var medium = OutboxMessage.Medium.mail
    var kind: MessageKind
    var address: String
    var name: String?
    var language: String
    /// The contact of the citizen who gets it, so that they can stop it; nil for colleagues.
    var citizen: ID<Contact>?
    /// Whether it is about an acute case that nobody has.
    var isUrgent = false

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
        let id: ID<OutboxMessage> = op.newID()
        let insertion: SQL = """
            INSERT INTO outbox (municipality, id, case_id, event_id, occasion, medium, kind, name, address, language,
                subject, body, is_neutral, contact_id, lane, state, next_attempt_at, created_at)
            VALUES (\(op.tenant), \(id), \(told.subject), \(told.event), \(told.occasion),
                \(medium), \(kind), \(name), \(address), \(language), \(words.subject), \(words.body),
                \(words.isNeutral), \(citizen), \(isUrgent ? .acute : kind.lane), 'waiting', \(op.now), \(op.now))
            ON CONFLICT (\(once)) DO NOTHING
            """
        // Whether the row is new matters only where something hangs on it: an answer would have to be waited for.
        guard case .occasion = words.cause else {
            try op.tx.send(insertion)
            op.installation.messageQueued.note()
            return true
        }
        guard try op.tx.run(insertion) > 0 else { return false }
        for subject in words.mentions.sorted() {
            try op.tx.send(
                """
                INSERT INTO outbox_subjects (municipality, message_id, case_id) VALUES (\(op.tenant), \(id), \(subject))
                """)
        }
        op.installation.messageQueued.note()
        return true
    }
}
