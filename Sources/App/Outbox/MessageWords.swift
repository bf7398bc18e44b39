import Domain

/// What a message says. About one case it can be made in one way only, which asks whether the case is confidential
/// first: no kind of message, also one that is thought of later, can forget it.
struct MessageWords: Sendable {
    let cause: OutgoingMessage.Cause
    let subject: String
    let body: String
    /// Torg's own words with nothing but number, link, day and municipality.
    let isNeutral: Bool
    /// The cases whose words it tells, where it gathers many.
    let mentions: Set<ID<Case>>

    /// About one case.
    ///
    /// - Parameter open: the words for a case that is not confidential; not asked for otherwise.
    init(
        _ message: CaseMessage, about subject: Case, because event: ID<CaseEvent>, in op: Operation,
        open words: () throws -> (subject: String, body: String)
    ) throws {
        let said = subject.isConfidential ? op.outbox.neutralWords(message, about: subject) : try words()
        cause = .event(event, of: subject.id)
        self.subject = said.subject
        body = OutboxFacade.withoutGaps(said.body)
        isNeutral = subject.isConfidential
        mentions = []
    }

    /// Of many cases, each told as `CaseOutside` has it; or of none.
    init(occasion: String, subject: String, body: String, mentions: Set<ID<Case>> = []) {
        cause = .occasion(occasion)
        self.subject = subject
        self.body = OutboxFacade.withoutGaps(body)
        isNeutral = mentions.isEmpty
        self.mentions = mentions
    }
}

/// A message about one case: its kind, and to whom it goes.
struct CaseMessage: Sendable {
    enum Reader: Sendable {
        /// By the contact in which they reported.
        case citizen(ID<Contact>)
        case colleague
        /// With the link, where the message brings it.
        case contractor(link: String?)
    }

    /// The words are `mail.<kind>.subject` and `mail.<kind>.body`, of a confidential case `mail.confidential.<kind>.…`.
    var kind: MessageKind
    var medium = OutboxMessage.Medium.mail
    var reader: Reader
    var address: String
    /// In front of the address. Of a confidential case it is left out: it may be the unit's.
    var name: String?
    var language: String
    /// Whom to call stands first, whatever the municipality's wording.
    var isWarning = false
}

extension CaseMessage.Reader {
    /// Those words that fit every message, where a kind has none of its own.
    fileprivate var key: String {
        switch self {
        case .citizen: "citizen"
        case .colleague: "colleague"
        case .contractor: "contractor"
        }
    }
}

/// All that a message about a confidential case may hold, beside Torg's own words.
private struct NeutralValues {
    let values: [String: String]

    init(number: CaseNumber, link: String, day: Instant?, _ times: Times, _ municipality: Municipality) {
        values = [
            "number": "\(number)", "link": link, "day": day.map(times.day) ?? "", "municipality": municipality.name,
        ]
    }
}

extension OutboxFacade {
    /// The words of Torg's own catalogue, not the municipality's: those may hold anything.
    func neutralWords(_ message: CaseMessage, about subject: Case) -> (subject: String, body: String) {
        let words = installation.words(message.language)
        let link: String?
        let day: Instant?
        switch message.reader {
        case .citizen(let contact):
            link = installation.settings.publicURL + op.citizens.followLink(to: subject, for: contact)
            day = subject.parkedUntil ?? directory.firstAnswerDue(subject)
        case .colleague:
            link = installation.settings.publicURL + paths(.case, subject.number)
            day = op.cases.nextDue(subject)?.at
        case .contractor(let brought):
            link = brought
            day = op.cases.nextDue(subject)?.at
        }
        let values = NeutralValues(
            number: subject.number, link: link ?? "", day: day,
            Times(directory.calendar, words, now, isKept: true), municipality
        ).values
        func key(_ family: String, _ part: String) -> String {
            let own = family + message.kind.rawValue + part
            return words.has(own) ? own : family + message.reader.key + part
        }
        // That it is acute tells nothing of what it is about; the country's own numbers, not the category's.
        let first =
            message.isWarning ? op.contacts.emergencyLine(about: nil as Category?, in: message.language) + "\n\n" : ""
        switch message.medium {
        case .mail:
            var body = first + words(key("mail.confidential.", ".body"), values)
            if case .citizen(let contact) = message.reader {
                let how = op.citizens.sendsCodes ? "mail.confidential.how" : "mail.confidential.how.word"
                body += "\n\n" + words(how, values)
                body += "\n\n" + words("mail.stop", ["link": StopLink(contact, op).url])
            }
            return (words(key("mail.confidential.", ".subject"), values), body)
        case .sms:
            var text = first + words(key("sms.confidential.", ""), values)
            if case .citizen(let contact) = message.reader, message.kind == .receipt {
                text += "\n" + words("sms.stop", ["link": StopLink(contact, op).url])
            }
            return (words("mail.confidential.citizen.subject", values), text)
        }
    }

    /// Puts a message about a case into the outbox, in the event's own transaction. An event tells each address once.
    func queue(
        _ message: CaseMessage, about subject: Case, because event: ID<CaseEvent>,
        words: () throws -> (subject: String, body: String)
    ) throws {
        let words = try MessageWords(message, about: subject, because: event, in: op, open: words)
        var citizen: ID<Contact>?
        if case .citizen(let contact) = message.reader { citizen = contact }
        let outgoing = OutgoingMessage(
            words: words, medium: message.medium, kind: message.kind, address: message.address,
            name: words.isNeutral ? nil : message.name, language: message.language, citizen: citizen,
            isUrgent: subject.isUnacknowledgedAcute)
        _ = try outgoing.put(in: op)
    }
}
