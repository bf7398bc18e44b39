import Database
import Domain

/// How a citizen is told.
enum CitizenWay: Sendable {
    case mail(EmailAddress)
    /// The number as a gateway takes it.
    case sms(String)
}

extension OutboxFacade {
    /// Whether citizens are told by text message: the municipality wants it, and there is a gateway (R4.8).
    var tellsBySMS: Bool { municipality.smsToCitizens && installation.settings.sms != nil }

    /// By text message where the citizen chose it, or wants to be told and left a telephone number alone; else by mail.
    func way(to person: Person) -> CitizenWay? {
        if tellsBySMS, person.bySMS || (person.wantsUpdates && person.email == nil),
            let phone = person.phone?.textable(in: municipality.country)
        {
            return .sms(phone)
        }
        return person.email.map(CitizenWay.mail)
    }

    /// A short text with the link. What it is about stays behind the link. Whoever is told of each step can stop it.
    func text(_ mail: CitizenMessage, _ values: [String: String], for recipient: Recipient, in language: String)
        -> String
    {
        let words = installation.words(language)
        let text = words(mail.smsKey, values)
        guard recipient.person.wantsUpdates, mail.isStatus || mail.isReceipt else { return text }
        return text + "\n" + words("sms.stop", ["link": StopLink(recipient.contact, op).url])
    }
}

extension CitizenMessage {
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
