import Foundation

/// An e-mail address as people have one: `name@domain.tld`, with no display name, comment, quotes or address literal.
///
/// Citizens type these, so whatever could mean something else to a mail server is refused rather than mended: only
/// the spaces around it are removed. The domain is kept in small letters, in its ASCII form (`xn--…`) when it has
/// letters such as å; the part before the @ is kept as typed and must be ASCII, since many servers take nothing else.
public struct MailAddress: Hashable, Sendable, LosslessStringConvertible {
    /// `local@domain` in ASCII, at most 254 characters (RFC 5321, 4.5.3.1).
    public let description: String

    /// The part after the @.
    public var domain: String { String(description.drop { $0 != "@" }.dropFirst()) }

    /// Nil when the text is not such an address; ``init(parsing:)`` says why.
    public init?(_ text: String) {
        guard let address = try? MailAddress(parsing: text) else { return nil }
        self = address
    }

    public init(parsing text: String) throws(MailAddressError) {
        let trimmed = text.drop { $0 == " " || $0 == "\t" }
        let end = trimmed.lastIndex { $0 != " " && $0 != "\t" }
        guard let end else { throw .empty }
        let typed = trimmed[...end]
        guard typed.utf8.count <= 254 else { throw .tooLong }
        guard let at = typed.firstIndex(of: "@") else { throw .noAtSign }
        let local = typed[..<at]
        guard Self.isLocalPart(local) else { throw .localPart }
        let domain = try Self.asciiDomain(String(typed[typed.index(after: at)...]))
        guard local.utf8.count + 1 + domain.utf8.count <= 254 else { throw .tooLong }
        description = "\(local)@\(domain)"
    }

    /// A dot-atom (RFC 5322, 3.2.3) of at most 64 characters.
    private static func isLocalPart(_ local: Substring) -> Bool {
        local.utf8.count <= 64
            && local.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
                !atom.isEmpty && atom.unicodeScalars.allSatisfy { isLetterOrDigit($0) || special.contains($0) }
            }
    }

    private static let special = Set("!#$%&'*+-/=?^_`{|}~".unicodeScalars)

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }

    /// At least two labels of 1 to 63 letters, digits and inner hyphens; the last is not a number.
    private static func asciiDomain(_ typed: String) throws(MailAddressError) -> String {
        let typed = typed.precomposedStringWithCanonicalMapping
        // Only letters, digits, marks, hyphens and dots may reach the IDNA library: it would map other forms of dots.
        guard
            typed.unicodeScalars.allSatisfy({
                $0 == "." || $0 == "-" || ($0.isASCII ? isLetterOrDigit($0) : $0.properties.isAlphabetic)
            })
        else { throw .domain }
        let domain = typed.utf8.allSatisfy { $0 < 0x80 } ? typed.lowercased() : try international(typed)
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, !last.allSatisfy(\.isNumber) else { throw .domain }
        for label in labels {
            guard 1...63 ~= label.utf8.count, label.first != "-", label.last != "-",
                label.unicodeScalars.allSatisfy({ isLetterOrDigit($0) || $0 == "-" })
            else { throw .domain }
        }
        return domain
    }

    /// By the same library as `EmailAddress`, so that both say yes to the same.
    private static func international(_ domain: String) throws(MailAddressError) -> String {
        var url = URLComponents()
        url.scheme = "http"
        url.host = domain.lowercased()
        guard let converted = url.encodedHost else { throw .domain }
        return converted
    }
}

/// Why a text is not a ``MailAddress``; each can be told beside the field.
public enum MailAddressError: Error, Equatable, Sendable {
    case empty
    case tooLong
    case noAtSign
    /// What stands before the @ is empty, too long or holds something other than unaccented letters, digits and
    /// `.!#$%&'*+-/=?^_{|}~` and the back-tick.
    case localPart
    /// What stands after the @ is not a domain name with at least one dot.
    case domain
}
