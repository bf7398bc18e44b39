import Adapters
import Domain

extension Carrier {
    static let mail = Carrier(isRepeatable: \.settings.repeatedMailIsTheSame) { claim, handingOver in
        try await claim.installation.mail.send(try claim.compose(), id: claim.name, handingOver: handingOver)
    }
}

extension OutboxClaim {
    /// The message as a mail that travels. Composing it again gives the same one.
    func compose() throws(DeliveryError) -> MailMessage {
        guard let address = MailAddress(message.address) else {
            throw .permanent(code: nil, explanation: "the address is not one that mail servers take")
        }
        guard let from = installation.settings.mailFrom ?? MailAddress("no-reply@localhost.localdomain") else {
            throw .temporary(code: nil, explanation: "there is no sender; set TORG_MAIL_FROM")
        }
        return MailMessage(
            from: .init(name: Self.oneLine(municipality.name), address: from),
            to: .init(name: message.name.map(Self.oneLine), address: address),
            replyTo: replyTo.flatMap(MailAddress.init).map { .init(address: $0) },
            subject: Self.oneLine(message.subject),
            text: message.body, messageID: "\(message.id).\(municipality.id)@\(from.domain)",
            date: message.createdAt.milliseconds, language: message.language,
            // RFC 3834, and for Exchange the header of [MS-OXCMAIL] 2.1.3.2.20: no out-of-office answers, please.
            headers: [.init("Auto-Submitted", "auto-generated"), .init("X-Auto-Response-Suppress", "All")] + stopHeaders
        )
    }

    /// What mail programs make a button of: RFC 2369, and RFC 8058 for one that asks no more. That one is for TLS only.
    private var stopHeaders: [MailMessage.Header] {
        guard let contact = message.contact else { return [] }
        let link = StopLink(contact, of: municipality, in: installation).url
        let header = MailMessage.Header("List-Unsubscribe", "<\(link)>")
        guard installation.settings.usesTLS else { return [header] }
        return [header, .init("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]
    }

    /// Titles and names are people's own words; a header takes one line.
    static func oneLine(_ text: String) -> String {
        text.split { $0.isNewline || $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
            .joined(separator: " ")
    }
}
