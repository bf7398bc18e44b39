import Foundation

/// The citizen behind a contact, as far as they told us. All of it may be missing: anonymous contacts are welcome.
public struct Person: Sendable, Hashable {
    public var name: String?
    public var email: EmailAddress?
    public var phone: PhoneNumber?
    /// Asked to be told when something happens (R4.8).
    public var wantsUpdates: Bool
    /// By text message rather than by e-mail, where the municipality does so.
    public var bySMS: Bool
    /// The language for mails, such as `nb`.
    public var language: String?

    public init(
        name: String? = nil, email: EmailAddress? = nil, phone: PhoneNumber? = nil, wantsUpdates: Bool = false,
        bySMS: Bool = false, language: String? = nil
    ) {
        self.name = name
        self.email = email
        self.phone = phone
        self.wantsUpdates = wantsUpdates
        self.bySMS = bySMS
        self.language = language
    }

    public var isAnonymous: Bool { name == nil && email == nil && phone == nil }
}

/// An e-mail address that a mail can be sent to. Lower case, because people type it either way.
///
/// The same that the mail adapter takes: what is accepted here must not turn out to be undeliverable when the citizen
/// has gone.
public struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// Nil unless it looks like `somebody@example.org`: one @, unaccented letters before it, since many mail servers
    /// take nothing else, a domain with a dot, no spaces or control characters, at most 254 bytes (RFC 5321).
    public init?(_ text: String) {
        let text = text.trimmed.lowercased()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else { return nil }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(Self.isLabel) else { return nil }
        guard let last = labels.last, !last.allSatisfy(\.isNumber) else { return nil }
        let atoms = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard atoms.allSatisfy({ !$0.isEmpty && $0.unicodeScalars.allSatisfy(Self.isAtom) }) else { return nil }
        description = text
    }

    /// A part of the domain; letters beyond ASCII are sent in their `xn--` form.
    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.unicodeScalars.allSatisfy {
                $0 == "-" || ($0.isASCII ? isLetterOrDigit($0) : $0.properties.isAlphabetic)
            }
    }

    /// What may stand before the @ without quotes (RFC 5322 atext).
    private static func isAtom(_ scalar: Unicode.Scalar) -> Bool {
        isLetterOrDigit(scalar) || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
    }
}
