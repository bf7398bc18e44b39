import Foundation

/// An e-mail address that a mail can be sent to. Lower case, because people type it either way.
///
/// The same that the mail adapter takes: what is accepted here must not turn out to be undeliverable when the citizen
/// has gone. Both leave the question which letters a domain may have, and beside which, to the same library.
public struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// Nil unless it looks like `somebody@example.org`: one @, unaccented letters before it, since many mail servers
    /// take nothing else, a domain with a dot that the network knows a form for (UTS 46), no spaces or control
    /// characters, at most 254 bytes (RFC 5321), also as it is sent.
    public init?(_ text: String) {
        let text = text.trimmed
        guard text.utf8.count <= 254 else { return nil }
        let parts = text.lowercased().split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count) else { return nil }
        let atoms = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard atoms.allSatisfy({ !$0.isEmpty && $0.unicodeScalars.allSatisfy(Self.isAtom) }) else { return nil }
        let domain = String(parts[1]).precomposedStringWithCanonicalMapping
        guard let sent = Self.ascii(domain), Self.isDomain(sent), parts[0].utf8.count + 1 + sent.utf8.count <= 254
        else { return nil }
        description = "\(parts[0])@\(domain)"
    }

    /// The domain as it is sent: letters beyond ASCII in their `xn--` form. Nil for letters that no domain may have, or
    /// not together, such as Hebrew and Latin ones in one label.
    private static func ascii(_ domain: String) -> String? {
        if domain.utf8.allSatisfy({ $0 < 0x80 }) { return domain }
        // Nothing else reaches the library: it would map other forms of dots, and drop what is invisible.
        guard
            domain.unicodeScalars.allSatisfy({
                $0 == "." || $0 == "-" || ($0.isASCII ? isLetterOrDigit($0) : $0.properties.isAlphabetic)
            })
        else { return nil }
        var url = URLComponents()
        url.scheme = "http"
        url.host = domain
        return url.encodedHost
    }

    /// At least two labels of 1 to 63 letters, digits and inner hyphens; the last is not a number.
    private static func isDomain(_ sent: String) -> Bool {
        let labels = sent.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, !last.allSatisfy(\.isNumber) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.unicodeScalars.allSatisfy { $0 == "-" || isLetterOrDigit($0) }
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
