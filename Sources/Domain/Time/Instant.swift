/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
public struct Instant: Hashable, Comparable, Sendable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    /// Stops at the end of the range instead of overflowing.
    public func adding(milliseconds added: Int64) -> Instant {
        let (sum, overflow) = milliseconds.addingReportingOverflow(added)
        return Instant(milliseconds: overflow ? (added < 0 ? .min : .max) : sum)
    }

    /// Adds elapsed time; a day is 24 hours here, also when the clocks change. For calendar days use `CivilDay`.
    public func adding(days: Int = 0, hours: Int = 0, minutes: Int = 0) -> Instant {
        adding(days, times: Instant.day).adding(hours, times: Instant.hour).adding(minutes, times: Instant.minute)
    }

    private func adding(_ count: Int, times unit: Int64) -> Instant {
        let (product, overflow) = Int64(count).multipliedReportingOverflow(by: unit)
        return adding(milliseconds: overflow ? (count < 0 ? .min : .max) : product)
    }

    static let second: Int64 = 1000
    static let minute: Int64 = 60 * second
    static let hour: Int64 = 60 * minute
    static let day: Int64 = 24 * hour
}
