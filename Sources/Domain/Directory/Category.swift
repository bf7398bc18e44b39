/// What a contact is about. It knows its unit, its targets and its notice.
public struct Category: Sendable, Hashable {
    public let id: ID<Category>
    /// By language code; at least the municipality's own language.
    public var names: [String: String]
    /// Who it goes to; nil for the contact centre (R3.4).
    public var unit: ID<Unit>?
    /// True: a new case goes straight to the unit. False: the contact centre looks at it first.
    public var passesDirectly: Bool
    /// Told to the citizen before they write: where this does not belong (R1.9). By language code.
    public var notices: [String: String]
    /// Words by which a text is recognised, lower case.
    public var words: [String]
    public var isAcute: Bool
    /// Whom to call at once about this; nil for the country's emergency numbers.
    public var emergencyNumber: String?
    public var isConfidential: Bool
    /// The law says that contacts about this must be answered (R1.7).
    public var mustBeAnswered: Bool
    /// What comes in about this is a complaint: it has a time of its own for the answer (R4.4).
    public var isComplaint: Bool
    /// Offered to citizens.
    public var isPublic: Bool
    public var isActive: Bool
    public var targets: TargetOverride

    public init(
        id: ID<Category>, names: [String: String], unit: ID<Unit>? = nil, passesDirectly: Bool = false,
        notices: [String: String] = [:], words: [String] = [], isAcute: Bool = false, isConfidential: Bool = false,
        mustBeAnswered: Bool = false, isComplaint: Bool = false,
        isPublic: Bool = true, isActive: Bool = true, targets: TargetOverride = .init()
    ) {
        self.id = id
        self.names = names
        self.unit = unit
        self.passesDirectly = passesDirectly
        self.notices = notices
        self.words = words
        self.isAcute = isAcute
        self.isConfidential = isConfidential
        self.mustBeAnswered = mustBeAnswered
        self.isComplaint = isComplaint
        self.isPublic = isPublic
        self.isActive = isActive
        self.targets = targets
    }

    /// The name in `language`, else in `fallback`, else any.
    public func name(in language: String, fallback: String) -> String {
        names[language] ?? names[fallback] ?? names.sorted { $0.key < $1.key }.first?.value ?? ""
    }
}
