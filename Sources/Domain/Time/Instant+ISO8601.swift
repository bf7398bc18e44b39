extension Instant {
    /// Reads `2026-07-20T09:12:00Z`: seconds required, a fraction of one to nine digits allowed (digits past the
    /// millisecond are cut off), then `Z` or an offset `±hh:mm`. Years 1900–2999; everything else is nil.
    public init?(iso8601 text: String) {
        var digits = ISO8601Digits(text)
        guard let day = digits.day(), digits.take("T"),
            let hour = digits.number(2), hour < 24, digits.take(":"),
            let minute = digits.number(2), minute < 60, digits.take(":"),
            let second = digits.number(2), second < 60,
            let fraction = digits.fraction(), let offset = digits.offset(), digits.isAtEnd
        else { return nil }
        self.init(
            milliseconds: Int64(day.number) * Instant.day + Int64(hour) * Instant.hour
                + Int64(minute - offset) * Instant.minute + Int64(second) * Instant.second + Int64(fraction))
        // An offset can carry the last evening of 2999 into the year 3000.
        guard CivilDay.acceptedYears.contains(utcDay.year) else { return nil }
    }

    /// `2026-07-20T09:12:00.000Z`, always in UTC and to the millisecond.
    public var iso8601: String {
        let remainder = Int(milliseconds % Instant.day)
        let inDay = remainder < 0 ? remainder + Int(Instant.day) : remainder
        let (hour, minute) = (inDay / 3_600_000, inDay / 60_000 % 60)
        let (second, fraction) = (inDay / 1000 % 60, inDay % 1000)
        return "\(utcDay.iso)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2)).\(padded(fraction, 3))Z"
    }

    /// The day in UTC: for what concerns no place.
    public var utcDay: CivilDay { CivilDay(number: Int(milliseconds.flooredQuotient(by: Instant.day))) }
}

extension ISO8601Digits {
    /// Milliseconds; 0 when there is no fraction.
    fileprivate mutating func fraction() -> Int? {
        guard take(".") else { return 0 }
        var (value, count) = (0, 0)
        while let digit = digit() {
            count += 1
            if count <= 3 { value = value * 10 + digit }
        }
        guard (1...9).contains(count) else { return nil }
        return count == 1 ? value * 100 : count == 2 ? value * 10 : value
    }

    /// Minutes east of Greenwich.
    fileprivate mutating func offset() -> Int? {
        if take("Z") { return 0 }
        let sign: Int
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = number(2), hours < 24, take(":"), let minutes = number(2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}

extension Instant: CustomStringConvertible {
    public var description: String { iso8601 }
}

/// Encoded as `"2026-07-20T09:12:00.000Z"`.
extension Instant: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let instant = Instant(iso8601: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an instant like 2026-07-20T09:12:00Z")
        }
        self = instant
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso8601)
    }
}
