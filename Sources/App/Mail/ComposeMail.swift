import Adapters
import Domain

extension MailClaim {
    /// The mail as it travels. Composing it again gives the same one.
    func compose() throws(MailDeliveryError) -> MailMessage {
        guard let address = MailAddress(mail.address) else {
            throw .permanent(code: nil, explanation: "the address is not one that mail servers take")
        }
        guard let from = installation.settings.mailFrom ?? MailAddress("no-reply@localhost.localdomain") else {
            throw .temporary(code: nil, explanation: "there is no sender; set TORG_MAIL_FROM")
        }
        return MailMessage(
            from: .init(name: Self.oneLine(municipality.name), address: from),
            to: .init(name: mail.name.map(Self.oneLine), address: address),
            replyTo: replyTo.flatMap(MailAddress.init).map { .init(address: $0) }, subject: Self.oneLine(mail.subject),
            text: mail.body, messageID: "\(mail.id).\(municipality.id)@\(from.domain)",
            date: mail.createdAt.milliseconds, language: mail.language,
            // RFC 3834: no out-of-office answers, please.
            headers: [.init("Auto-Submitted", "auto-generated")])
    }

    /// Titles and names are people's own words; a header takes one line.
    private static func oneLine(_ text: String) -> String {
        text.split { $0.isNewline || $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
            .joined(separator: " ")
    }
}
