/// What is counted of a municipality's days: contacts by how they ended at once, and what became of cases later. A key of
/// figures; how many there were stands beside it.
public struct DailyCount: Sendable, Hashable {
    /// In the municipality's time zone: the day on which a contact came in, or a case ended.
    public var day: CivilDay
    public var counted: Counted
    /// Nil for what became of a case, which may have come in by several.
    public var channel: Contact.Channel?
    /// As it was then, like the unit: figures do not change when a case is recoded later.
    public var category: ID<Category>?
    public var unit: ID<Unit>

    /// As stored.
    public enum Counted: String, Sendable, Hashable, CaseIterable {
        /// A question that was answered while the citizen was there.
        case answered
        /// A question that opened a case or joined one.
        case becameCase = "became_case"
        case closedWithMeasures = "closed_with_measures"
        case closedWithoutAction = "closed_without_action"
        case forwarded
        case reopened

        /// How a case ended.
        public init(_ outcome: Outcome) {
            switch outcome {
            case .measuresTaken: self = .closedWithMeasures
            case .noAction: self = .closedWithoutAction
            case .forwarded: self = .forwarded
            }
        }

        public var isOfContacts: Bool { self == .answered || self == .becameCase }
    }

    public init(day: CivilDay, counted: Counted, channel: Contact.Channel?, category: ID<Category>?, unit: ID<Unit>) {
        self.day = day
        self.counted = counted
        self.channel = channel
        self.category = category
        self.unit = unit
    }

    /// Each question of a contact counts once. Contacts that we made ourselves are none that came in.
    public static func of(_ contact: ContactEvent.Registered, on day: CivilDay) -> [DailyCount] {
        guard contact.direction == .incoming else { return [] }
        return contact.questions.map { asked in
            DailyCount(
                day: day, counted: asked.isAnswered ? .answered : .becameCase, channel: contact.channel,
                category: asked.category, unit: asked.unit)
        }
    }

    /// Nil for what is no ending.
    public static func of(
        _ fact: CaseFact, on day: CivilDay, category: ID<Category>?, unit: ID<Unit>
    ) -> DailyCount? {
        switch fact {
        case .closed(let data):
            DailyCount(day: day, counted: Counted(data.outcome), channel: nil, category: category, unit: unit)
        case .reopened: DailyCount(day: day, counted: .reopened, channel: nil, category: category, unit: unit)
        default: nil
        }
    }
}

/// How many of each.
public typealias DailyCounts = [DailyCount: Int]
