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

/// A telephone number: digits, perhaps with a leading +.
public struct PhoneNumber: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// Spaces, dashes, dots, slashes and brackets are dropped, `00` in front becomes `+`, and `(0)` after a country code
    /// goes; 3–15 digits (E.164).
    public init?(_ text: String) {
        let start = text.drop { " \u{a0}\t(".contains($0) }
        let isInternational = start.hasPrefix("+") || start.hasPrefix("00")
        // In +46 (0)70 the bracket holds what is dialled at home only.
        var kept = isInternational ? text.replacing("(0)", with: "") : text
        kept.removeAll { " -–./()\u{a0}\t".contains($0) }
        if kept.hasPrefix("00") { kept = "+" + kept.dropFirst(2) }
        let digits = kept.hasPrefix("+") ? kept.dropFirst() : kept[...]
        guard (3...15).contains(digits.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        description = kept
    }

    /// The last eight digits: the same telephone, however the country code was written.
    public var lookupKey: String { String(description.filter(\.isNumber).suffix(8)) }
}
