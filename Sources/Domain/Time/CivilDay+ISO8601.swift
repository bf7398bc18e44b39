extension CivilDay {
    /// The years that Torg accepts from outside. A two-digit year typed as `0026` is a slip, not a date.
    static let acceptedYears = 1900...2999

    /// Reads `2026-07-20` and nothing else; years 1900–2999.
    public init?(iso text: String) {
        var digits = ISO8601Digits(text)
        guard let day = digits.day(), digits.isAtEnd else { return nil }
        self = day
    }

    /// `2026-07-20`.
    public var iso: String {
        let (year, month, day) = components
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension CivilDay: CustomStringConvertible {
    public var description: String { iso }
}

/// Encoded as `"2026-07-20"`.
extension CivilDay: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = CivilDay(iso: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day like 2026-07-20")
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso)
    }
}
