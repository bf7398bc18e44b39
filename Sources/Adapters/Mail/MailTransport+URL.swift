import Foundation

extension MailTransport {
    /// What `TORG_MAIL` names: `file:var/outbox`, or what ``SMTPServer/init(url:)`` reads.
    /// - Throws: ``MailTransportError``.
    public static func from(url: String) throws(MailTransportError) -> MailTransport {
        if url.hasPrefix("file:") {
            let path = url.dropFirst("file:".count)
            // file:///absolute and file:/absolute are the same; file://host/ is none of ours.
            let plain = path.hasPrefix("///") ? path.dropFirst(2) : path
            guard !plain.isEmpty, !plain.hasPrefix("//"), !plain.contains("\0") else { throw .directory }
            return .file(directory: String(plain))
        }
        return .smtp(try SMTPServer(url: url))
    }

    /// Through the mail server at a URL: see ``SMTPServer/init(url:)``.
    public static func smtp(url: String) throws(MailTransportError) -> MailTransport {
        .smtp(try SMTPServer(url: url))
    }
}

/// Why a text does not name a way to send mail. It never repeats the text, which may hold a password.
public enum MailTransportError: Error, Equatable, Sendable, CustomStringConvertible {
    case scheme
    case directory
    case host
    case port
    case credentials
    case option

    public var description: String {
        switch self {
        case .scheme: "the mail setting must begin with file:, smtp:// or smtps://"
        case .directory: "the mail setting names no directory: file:var/outbox"
        case .host: "the mail setting names no server: smtp://host:port"
        case .port: "the port in the mail setting must be a number from 1 to 65535"
        case .credentials: "user and password in the mail setting must be percent-encoded: smtp://user:password@host"
        case .option: "after the port, the mail setting may only say ?tls=required, ?tls=offered or ?tls=off"
        }
    }
}
