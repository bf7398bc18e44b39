/// Somebody outside the municipality who does work for it: has no account, and gets a link to each case.
public struct Contractor: Sendable, Hashable {
    public let id: ID<Contractor>
    public var name: String
    /// Where the links are sent.
    public var email: String
    public var phone: String?
    /// The municipality lets them see how the reporter is reached.
    public var showsContact: Bool
    public var isActive: Bool

    public init(
        id: ID<Contractor>, name: String, email: String, phone: String? = nil, showsContact: Bool = false,
        isActive: Bool = true
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.phone = phone
        self.showsContact = showsContact
        self.isActive = isActive
    }
}
