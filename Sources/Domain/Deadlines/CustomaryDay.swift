/// Days that no law makes a holiday, but on which municipal offices are by custom or agreement closed, or close early.
/// Each municipality chooses for itself; `Country` says what is chosen to begin with.
public enum CustomaryDay: String, CaseIterable, Sendable, Codable {
    case wednesdayBeforeEaster = "wednesday_before_easter"
    /// 5 June, grundlovsdag.
    case danishConstitutionDay = "danish_constitution_day"
    /// The Friday before Swedish Midsummer Day, 19–25 June.
    case midsummerEve = "midsummer_eve"
    case christmasEve = "christmas_eve"
    case newYearsEve = "new_years_eve"

    public var rule: DayRule {
        switch self {
        case .wednesdayBeforeEaster: .easter(-4)
        case .danishConstitutionDay: .date(month: 6, day: 5)
        case .midsummerEve: .weekday(.friday, from: 19, month: 6)
        case .christmasEve: .date(month: 12, day: 24)
        case .newYearsEve: .date(month: 12, day: 31)
        }
    }
}

extension Country {
    /// Closed all day unless the municipality says otherwise.
    ///
    /// Danish 5 June and 31 December are not among them: whether they are days off differs between agreements and
    /// municipalities, and a deadline that falls a day early harms nobody.
    public var usualClosingDays: Set<CustomaryDay> {
        switch self {
        case .sweden: [.midsummerEve, .christmasEve, .newYearsEve]
        case .norway: []
        case .denmark: [.christmasEve]
        }
    }

    /// Working days on which the office closes early, with the time at which it does, unless the municipality says
    /// otherwise. Norwegian offices by custom close at noon before the great holidays.
    public var usualHalfDays: [CustomaryDay: TimeOfDay] {
        switch self {
        case .norway:
            [.wednesdayBeforeEaster: TimeOfDay(12, 0), .christmasEve: TimeOfDay(12, 0), .newYearsEve: TimeOfDay(12, 0)]
        case .sweden, .denmark: [:]
        }
    }
}
