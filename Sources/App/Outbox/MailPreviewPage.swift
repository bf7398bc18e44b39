/// The mails that would have been sent, while developing.
struct MailPreviewPage: Page {
    static let template = "mail/preview"

    var frame: Frame
    /// Newest first.
    var mails: [MailRow]
    /// The one that is open.
    var mail: MailView?
}

struct MailRow: Sendable {
    var subject: String
    var to: String
    var when: String
    var url: String
    var isCurrent: Bool = false
}

struct MailView: Sendable {
    var subject: String
    var to: String
    var from: String
    var when: String
    var body: String
}
