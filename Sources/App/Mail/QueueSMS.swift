import Database
import Domain

/// How a citizen is told.
enum CitizenWay: Sendable {
    case mail(EmailAddress)
    /// The number as a gateway takes it.
    case sms(String)
}

extension Operation {
    /// Whether citizens are told by text message: the municipality wants it, and there is a gateway (R4.8).
    var tellsBySMS: Bool { municipality.smsToCitizens && installation.settings.sms != nil }

    /// By text message where the citizen wants to be told, and chose it or left a telephone number alone; else by mail.
    func way(to person: Person) -> CitizenWay? {
        if tellsBySMS, person.wantsUpdates, person.bySMS || person.email == nil,
            let phone = person.phone?.textable(in: municipality.country)
        {
            return .sms(phone)
        }
        return person.email.map(CitizenWay.mail)
    }

    /// A short text with the link, in the event's own transaction. What it is about stays behind the link.
    func queueSMS(
        _ mail: CitizenMail, _ values: [String: String], to phone: String, recipient: Recipient, language: String,
        about subject: Case, because event: ID<CaseEvent>
    ) throws {
        let body = installation.words(language)(mail.smsKey, values)
        try tx.send(
            """
            INSERT INTO mails (municipality, id, case_id, event_id, medium, kind, name, address, language, subject, body,
                contact_id, state, next_attempt_at, created_at)
            VALUES (\(tenant), \(newID(of: MailRecord.self)), \(subject.id), \(event), 'sms', \(mail.key),
                \(recipient.person.name), \(phone), \(language),
                \(text("mail.\(mail.key).subject", in: language, values)), \(body), \(recipient.contact), 'waiting',
                \(now), \(now))
            ON CONFLICT (municipality, event_id, address) DO NOTHING
            """)
        installation.mailQueued.note()
    }
}

extension CitizenMail {
    /// Its words as a text message.
    fileprivate var smsKey: String {
        switch self {
        case .receipt: "sms.receipt"
        case .passedOn, .acknowledged, .parked: "sms.status"
        case .question, .reminder: "sms.question"
        case .answer, .forwarded: "sms.answer"
        case .feedback, .reopened: "sms.message"
        }
    }
}
