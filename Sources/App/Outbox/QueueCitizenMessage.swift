import Database
import Domain
import Foundation

/// What a citizen is told by mail, and why.
enum CitizenMessage: Sendable, Hashable {
    /// At once, with the number and the stipulated time (R4.3).
    case receipt
    /// Status changes, to those who asked for them (R4.8).
    case passedOn
    case acknowledged
    case parked(until: Instant)
    case feedback(String)
    case question(String)
    /// The question again, once, when no answer has come.
    case reminder(String)
    case answer
    case forwarded
    case reopened

    var kind: MessageKind {
        switch self {
        case .receipt: .receipt
        case .passedOn, .acknowledged, .parked: .status
        case .feedback: .feedback
        case .question: .question
        case .reminder: .reminder
        case .answer: .answer
        case .forwarded: .forwarded
        case .reopened: .reopened
        }
    }

    /// Told only to those who want to hear of every step; the others always.
    var isStatus: Bool {
        switch self {
        case .passedOn, .acknowledged, .parked: true
        default: false
        }
    }

    /// What begins the telling.
    var isReceipt: Bool {
        if case .receipt = self { true } else { false }
    }

    var message: String? {
        switch self {
        case .feedback(let text), .question(let text), .reminder(let text): text
        default: nil
        }
    }
}

/// Somebody who reported, by the contact in which they did.
struct Recipient: Sendable {
    var contact: ID<Contact>
    var person: Person
    /// What they wrote or said. The title of the case is that of the first reporter, whose words are not the others'.
    var text: String
}

extension OutboxFacade {
    /// Queues the mails to those who reported a case, in the transaction of the event: one to each address.
    ///
    /// - Parameters:
    ///   - tellsAcute: what is answered tells of something acute, also where somebody has the case in hand already.
    func queueCitizenMessage(
        _ mail: CitizenMessage, about subject: Case, because event: ID<CaseEvent>, to recipients: [Recipient],
        tellsAcute: Bool = false
    ) throws {
        for recipient in recipients {
            guard !mail.isStatus || recipient.person.wantsUpdates, let way = way(to: recipient.person) else { continue }
            let language = recipient.person.language ?? municipality.language
            let medium: OutboxMessage.Medium
            let address: String
            switch way {
            case .mail(let email): (medium, address) = (.mail, email.description)
            case .sms(let phone): (medium, address) = (.sms, phone)
            }
            let message = CaseMessage(
                kind: mail.kind, medium: medium, reader: .citizen(recipient.contact), address: address,
                name: recipient.person.name, language: language, isWarning: tellsAcute || subject.isUnacknowledgedAcute)
            try queue(message, about: subject, because: event) {
                let values = try mailValues(mail, subject, recipient, language)
                let title = op.text(mail.kind.subjectKey, in: language, values)
                // Before anything else, whatever the municipality's wording.
                let category = directory.category(subject.category)
                let first = message.isWarning ? op.contacts.emergencyLine(about: category, in: language) + "\n\n" : ""
                guard medium == .mail else { return (title, first + text(mail, values, for: recipient, in: language)) }
                // Whatever the municipality's wording, everybody can stop it.
                let stop = installation.words(language)("mail.stop", ["link": StopLink(recipient.contact, op).url])
                return (title, first + op.text(mail.kind.bodyKey, in: language, values) + "\n\n" + stop)
            }
        }
    }

    /// Puts a mail into the outbox that is not about one case. An occasion tells each address once.
    ///
    /// - Parameter mentions: the cases whose words it tells.
    /// - Returns: false when it had been told before.
    func queue(
        _ kind: MessageKind, subject: String, body: String, mentions: Set<ID<Case>>, to address: String, name: String?,
        language: String, occasion: String
    ) throws -> Bool {
        try OutgoingMessage(
            words: MessageWords(occasion: occasion, subject: subject, body: body, mentions: mentions), kind: kind,
            address: address, name: name, language: language
        ).put(in: op)
    }

    /// A part that had nothing to say leaves no hole. By hand: every registration passes here, inside its transaction.
    static func withoutGaps(_ text: String) -> String {
        let lineEnd = UInt8(ascii: "\n")
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if byte == lineEnd, bytes.count > 1, bytes[bytes.count - 1] == lineEnd, bytes[bytes.count - 2] == lineEnd {
                continue
            }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self).trimmed
    }

    /// Everybody who reported this, first to last; one for each contact. Whoever was joined from outside is none until
    /// the unit has said so.
    func reporters(of subject: ID<Case>) throws -> [Recipient] {
        var recipients: [Recipient] = []
        let rows = try tx.rows(
            """
            SELECT contacts.id, contacts.name, contacts.email, contacts.phone, contacts.wants_updates, contacts.by_sms,
                contacts.language, questions.text
            FROM questions JOIN contacts
                ON contacts.municipality = questions.municipality AND contacts.id = questions.contact_id
            WHERE questions.municipality = \(tenant) AND questions.case_id = \(subject) AND questions.is_held = 0
            ORDER BY contacts.id, questions.id
            """)
        for row in rows {
            let contact: ID<Contact> = try row["id"]
            guard recipients.last?.contact != contact else { continue }
            recipients.append(Recipient(contact: contact, person: try Person(row), text: try row["text"]))
        }
        return recipients
    }

    /// Those that are the same person as one of them, that one included; none if it leads not to the case.
    func reporters(of subject: ID<Case>, samePersonAs contact: ID<Contact>) throws -> [Recipient] {
        let all = try reporters(of: subject)
        let groups = Person.grouped(all.map(\.person), in: municipality.country)
        return groups.first { $0.contains { all[$0].contact == contact } }?.map { all[$0] } ?? []
    }

    private func mailValues(
        _ mail: CitizenMessage, _ subject: Case, _ recipient: Recipient, _ language: String
    ) throws -> [String: String] {
        let times = Times(directory.calendar, installation.words(language), now)
        var deadline = times.day(directory.firstAnswerDue(subject))
        if case .parked(let until) = mail { deadline = times.day(until) }
        return [
            "number": "\(subject.number)", "title": QuestionInput.title(of: recipient.text),
            "unit": directory.name(of: directory.unitInCharge(of: subject)), "deadline": deadline,
            "municipality": municipality.name,
            "link": installation.settings.publicURL + op.citizens.followLink(to: subject, for: recipient.contact),
            "answer": subject.closure?.answer ?? "", "message": mail.message ?? "",
            "state": op.text("state.public.\(subject.state.rawValue)", in: language),
            "explanation": op.text("state.public.\(subject.state.rawValue).text", in: language),
            "authority": subject.closure?.authority ?? "", "name": recipient.person.name ?? "",
        ]
    }
}
