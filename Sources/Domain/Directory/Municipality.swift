import Foundation

/// One municipality in the installation. Its id stands first in every key of every table.
public struct Municipality: Sendable, Hashable {
    public let id: ID<Municipality>
    /// The short name in addresses, such as `sandvik`.
    public var slug: String
    public var name: String
    public var country: Country
    public var timeZone: TimeZone
    /// The language when a reader has not chosen one.
    public var language: String
    /// `#rrggbb`, for links and buttons.
    public var accent: String
    /// Where cases lie that no category routes: the contact centre.
    public var centre: ID<Unit>
    /// Whether citizens may be told by text message (R4.8).
    public var smsToCitizens = false
    /// The system owner and who stands in, who are told at once when somebody gains sight of what is confidential.
    public var owner: ID<User>?
    public var ownerSubstitute: ID<User>?

    public init(
        id: ID<Municipality>, slug: String, name: String, country: Country, timeZone: TimeZone, language: String,
        accent: String, centre: ID<Unit>
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.country = country
        self.timeZone = timeZone
        self.language = language
        self.accent = accent
        self.centre = centre
    }

    /// Words that addresses already use.
    public static let reservedSlugs: Set<String> = [
        "api", "open311", "public", "health", "sms", "favicon.ico", "robots.txt",
    ]

    /// 2–40 of a–z, 0–9 and dash.
    public static func isSlug(_ text: String) -> Bool {
        (2...40).contains(text.count) && !reservedSlugs.contains(text)
            && text.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }
    }
}
