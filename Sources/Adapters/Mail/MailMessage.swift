/// One mail to one person, as it is meant; ``compose()`` makes the bytes that travel.
public struct MailMessage: Sendable, Equatable {
    /// Who it is from.
    public var from: Mailbox
    /// Who gets it: always one, so that "sent" and "not sent" are the only outcomes.
    public var to: Mailbox
    /// Where answers go, when not to ``from``.
    public var replyTo: Mailbox?
    public var subject: String
    /// The plain text, with any kind of line ends.
    public var text: String
    /// The same as an HTML page; the mail is then `multipart/alternative`.
    public var html: String?
    /// The mail's own id without angle brackets, `unique@domain`. A retry must carry the same one.
    public var messageID: String
    /// When it was written, in milliseconds UTC since 1970; the mail tells whole seconds.
    public var date: Int64
    /// The id, without angle brackets, of the mail that this one answers.
    public var inReplyTo: String?
    /// The ids, without angle brackets, of the conversation so far, oldest first.
    public var references: [String]
    /// The language of subject and text as a BCP 47 tag (`sv`, `nb-NO`), for screen readers and translators.
    public var language: String?
    /// Headers that the fields above do not cover, such as `Auto-Submitted: auto-generated` (RFC 3834).
    public var headers: [Header]

    public init(
        from: Mailbox, to: Mailbox, replyTo: Mailbox? = nil, subject: String, text: String, html: String? = nil,
        messageID: String, date: Int64, inReplyTo: String? = nil, references: [String] = [], language: String? = nil,
        headers: [Header] = []
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.html = html
        self.messageID = messageID
        self.date = date
        self.inReplyTo = inReplyTo
        self.references = references
        self.language = language
        self.headers = headers
    }

    /// An address with the name that is shown beside it.
    public struct Mailbox: Sendable, Hashable {
        public var name: String?
        public var address: MailAddress

        public init(name: String? = nil, address: MailAddress) {
            self.name = name
            self.address = address
        }
    }

    /// A header line: a name of letters, digits and hyphens, and a value of one line.
    public struct Header: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// Why a mail cannot be composed. The name in a case is that of the field or header.
public enum MailMessageError: Error, Equatable, Sendable {
    /// A line break, NUL or another control character where only one line may stand: somebody may be trying to add
    /// headers of their own.
    case controlCharacter(field: String)
    /// A message id that is not `left@right` of at most 250 plain characters.
    case messageID(field: String)
    /// A date outside the years 1970 to 9999.
    case date
    /// Not a BCP 47 language tag.
    case language
    /// An extra header whose name is not a header name, or that has a field of its own in ``MailMessage``.
    case headerName(String)
    /// An extra header that cannot be written without a line above 998 characters (RFC 5322, 2.1.1).
    case headerValue(String)
    /// The machine has no memory left for it just now.
    case memory
}
