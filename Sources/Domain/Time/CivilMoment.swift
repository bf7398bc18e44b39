import Foundation

/// What the calendar and the clock on the wall show, to the second, without a time zone.
public struct CivilMoment: Hashable, Comparable, Sendable {
    public let day: CivilDay
    /// 0–86,399.
    public let second: Int

    /// - Returns: nil unless hour is 0–23, minute and second 0–59.
    public init?(day: CivilDay, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
        self.day = day
        self.second = hour * 3600 + minute * 60 + second
    }

    public var isMidnight: Bool { second == 0 }

    public static func < (left: CivilMoment, right: CivilMoment) -> Bool {
        (left.day, left.second) < (right.day, right.second)
    }
}

extension TimeZone {
    /// The instant at which the clock at this place shows `moment`, the first of two in autumn; nil where it never
    /// does, in the hour that is skipped in spring: a time written by hand or by a wrong clock.
    public func instant(of moment: CivilMoment) -> Instant? {
        guard let minute = TimeOfDay(minutes: moment.second / 60) else { return nil }
        let instant = instant(of: moment.day, at: minute)
        guard timeOfDay(of: instant) == minute, day(of: instant) == moment.day else { return nil }
        return instant.adding(milliseconds: Int64(moment.second % 60) * Instant.second)
    }
}
