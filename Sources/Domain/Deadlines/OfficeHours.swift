/// When the office is open on one day.
public struct OfficeHours: Hashable, Sendable, Codable {
    public let opens: TimeOfDay
    public let closes: TimeOfDay

    /// - Returns: nil unless it opens before it closes.
    public init?(opens: TimeOfDay, closes: TimeOfDay) {
        guard opens < closes else { return nil }
        self.init(from: opens, to: closes)
    }

    private init(from opens: TimeOfDay, to closes: TimeOfDay) {
        self.opens = opens
        self.closes = closes
    }

    /// 08:00–15:30.
    public static let usual = OfficeHours(from: TimeOfDay(8, 0), to: TimeOfDay(15, 30))

    /// The same day closed at `time` at the latest; nil when nothing is left of it.
    func closing(at time: TimeOfDay) -> OfficeHours? {
        OfficeHours(opens: opens, closes: min(closes, time))
    }
}

/// Office hours by weekday. At least one day is open, so that there always is a next working day.
public struct OfficeWeek: Hashable, Sendable {
    /// From Monday.
    private let days: [OfficeHours?]

    /// - Returns: nil when no day is open.
    public init?(_ hours: [Weekday: OfficeHours]) {
        guard !hours.isEmpty else { return nil }
        self.init(days: Weekday.all.map { hours[$0] })
    }

    private init(days: [OfficeHours?]) {
        self.days = days
    }

    /// Monday to Friday 08:00–15:30.
    public static let usual = OfficeWeek(days: Weekday.all.map { $0 < .saturday ? .usual : nil })

    public subscript(weekday: Weekday) -> OfficeHours? { days[weekday.rawValue - 1] }

    var openDays: Int { days.count { $0 != nil } }
}

/// Encoded as seven days from Monday, null for one that is closed.
extension OfficeWeek: Codable {
    public init(from decoder: any Decoder) throws {
        let days = try decoder.singleValueContainer().decode([OfficeHours?].self)
        guard days.count == Weekday.all.count, days.contains(where: { $0 != nil }) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath, debugDescription: "a week has seven days, at least one of them open"
                ))
        }
        self.init(days: days)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(days)
    }
}
