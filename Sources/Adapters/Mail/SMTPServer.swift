import Foundation

/// A mail server and how to talk to it.
public struct SMTPServer: Sendable, Equatable {
    public var host: String
    public var port: Int
    public var user: String?
    public var password: String?
    public var encryption: Encryption
    public var timeouts = Timeouts()

    /// TLS always means a certificate that the machine's own list of authorities vouches for.
    public enum Encryption: String, Sendable {
        /// TLS from the first byte (`smtps://`).
        case immediate
        /// STARTTLS, or no mail.
        case required
        /// STARTTLS when the server offers it.
        case offered
        /// Never, for a relay on the same machine or network.
        case off
    }

    /// In whole seconds, at least 1.
    public struct Timeouts: Sendable, Equatable {
        /// Until the connection stands.
        public var connection = 20
        /// Until each answer of the server. RFC 5321 (4.5.3.2) asks for patience: up to 10 minutes after the body.
        public var reply = 120
        /// For the whole mail.
        public var total = 600

        public init() {}
    }

    /// `smtp://[user:password@]host[:port][?tls=required|offered|off]` or `smtps://[user:password@]host[:port]`.
    ///
    /// The port is 25, with a user 587, with `smtps` 465 unless given. TLS is `offered` unless said otherwise, but
    /// `required` with a user on another machine, so that no password crosses the network in the clear.
    public init(url: String) throws(MailTransportError) {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        guard scheme == "smtp" || scheme == "smtps", url.dropFirst(scheme.count).hasPrefix("://") else { throw .scheme }
        // Parsed from behind: an unencoded password may hold any of the characters that end a host.
        let rest = url.dropFirst(scheme.count + 3)
        let at = rest.lastIndex(of: "@")
        (user, password) = try Self.credentials(at.map { rest[..<$0] })
        let place = at.map { rest[rest.index(after: $0)...] } ?? rest
        guard let parts = URLComponents(string: "\(scheme)://\(place)"), parts.fragment == nil,
            let host = parts.host, !host.isEmpty
        else { throw .host }
        guard parts.path.isEmpty || parts.path == "/" else { throw .option }
        self.host = host
        let usual = scheme == "smtps" ? 465 : user == nil ? 25 : 587
        guard let port = Self.port(of: place, parsed: parts.port, usual: usual) else { throw .port }
        self.port = port
        encryption = try Self.encryption(
            scheme: scheme, query: parts.query, secret: user != nil && !Loopback.contains(host))
    }

    private static func credentials(_ text: Substring?) throws(MailTransportError) -> (String?, String?) {
        guard let text else { return (nil, nil) }
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let decoded = halves.compactMap { String($0).removingPercentEncoding }
        guard halves.count == 2, decoded.count == 2, !decoded[0].isEmpty,
            decoded.allSatisfy({ $0.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } })
        else { throw .credentials }
        return (decoded[0], decoded[1])
    }

    private static func port(of place: Substring, parsed: Int?, usual: Int) -> Int? {
        if let parsed { return 1...65535 ~= parsed ? parsed : nil }
        let authority = place.prefix { $0 != "/" && $0 != "?" }
        let afterHost = authority.lastIndex(of: "]").map { authority[$0...].dropFirst() } ?? authority
        return afterHost.contains(":") ? nil : usual
    }

    private static func encryption(
        scheme: String, query: String?, secret: Bool
    ) throws(MailTransportError) -> Encryption {
        if scheme == "smtps" {
            guard query == nil else { throw .option }
            return .immediate
        }
        guard let query else { return secret ? .required : .offered }
        guard query.hasPrefix("tls="), let wanted = Encryption(rawValue: String(query.dropFirst(4))),
            wanted != .immediate
        else { throw .option }
        return wanted
    }
}

extension SMTPServer: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Where, without the password, for logs.
    public var description: String { "\(encryption == .immediate ? "smtps" : "smtp")://\(host):\(port)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["server": description]) }
}
