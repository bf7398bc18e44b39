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

    public var hasAddress: Bool { email != nil || phone != nil }

    public var isAnonymous: Bool { name == nil && email == nil && phone == nil }

    /// What another contact of the same person says when this one is corrected: what was changed is changed there too
    /// where the same stood. One address may be shared by two names, and somebody may have two addresses.
    public func corrected(from before: Person, to after: Person, in country: Country) -> Person {
        var person = self
        if name == before.name { person.name = after.name }
        if email == before.email { person.email = after.email }
        if phone?.lookupKey(in: country) == before.phone?.lookupKey(in: country) { person.phone = after.phone }
        if before.wantsUpdates != after.wantsUpdates { person.wantsUpdates = after.wantsUpdates }
        if before.bySMS != after.bySMS { person.bySMS = after.bySMS }
        return person
    }
}
