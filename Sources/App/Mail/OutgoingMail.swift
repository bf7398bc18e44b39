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

    var cause: Cause
    var medium = MailRecord.Medium.mail
    var kind: String
    var address: String
    var name: String?
    var language: String
    var subject: String
    var body: String
    /// The contact of the citizen who gets it, so that they can stop it; nil for colleagues.
    var citizen: ID<Contact>?

    /// Puts it into the outbox, unless the address has been told.
    func insertion(in op: Operation) -> SQL {
        let told: (subject: ID<Case>?, event: ID<CaseEvent>?, occasion: String?)
        let once: SQL
        switch cause {
        case .event(let event, let subject): (told, once) = ((subject, event, nil), "municipality, event_id, address")
        case .occasion(let occasion): (told, once) = ((nil, nil, occasion), "municipality, occasion, address")
        }
        return """
            INSERT INTO mails (municipality, id, case_id, event_id, occasion, medium, kind, name, address, language,
                subject, body, contact_id, state, next_attempt_at, created_at)
            VALUES (\(op.tenant), \(op.newID(of: MailRecord.self)), \(told.subject), \(told.event), \(told.occasion),
                \(medium), \(kind), \(name), \(address), \(language), \(subject), \(body), \(citizen), 'waiting',
                \(op.now), \(op.now))
            ON CONFLICT (\(once)) DO NOTHING
            """
    }
}
