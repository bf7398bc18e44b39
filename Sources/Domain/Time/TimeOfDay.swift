/// A time on the clock face, to the minute.
public struct TimeOfDay: Hashable, Comparable, Sendable {
    /// Minutes since midnight, 0–1440; 1440 is the midnight that ends the day, for duties that never close.
    public let minutes: Int

    /// - Returns: nil outside 0–1440.
    public init?(minutes: Int) {
        guard (0...1440).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    /// For times that the program itself names. Nothing is checked.
    init(_ hour: Int, _ minute: Int) {
        minutes = hour * 60 + minute
    }

    /// Reads `15:30`; `24:00` is the end of the day.
    public init?(_ text: String) {
        var digits = ISO8601Digits(text)
        guard let hour = digits.number(2), digits.take(":"), let minute = digits.number(2), minute < 60,
            digits.isAtEnd
        else { return nil }
        self.init(minutes: hour * 60 + minute)
    }

    public static let midnight = TimeOfDay(0, 0)
    public static let noon = TimeOfDay(12, 0)
    public static let endOfDay = TimeOfDay(24, 0)

    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minutes < right.minutes }
}

extension TimeOfDay: CustomStringConvertible {
    /// `15:30`.
    public var description: String { "\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))" }
}

/// Encoded as `"15:30"`.
extension TimeOfDay: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let time = TimeOfDay(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time like 15:30")
        }
        self = time
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
