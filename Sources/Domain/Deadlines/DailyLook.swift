/// One day of a unit, as far as looking through its new reports goes (R4.5).
public struct ReportDay: Hashable, Sendable {
    public let day: CivilDay
    /// When the last report of the day came in to the unit; nil when none did.
    public var lastReport: Instant?
    /// When somebody last looked through the unit's reports that day; nil when nobody did.
    public var lastLook: Instant?

    public init(day: CivilDay, lastReport: Instant? = nil, lastLook: Instant? = nil) {
        self.day = day
        self.lastReport = lastReport
        self.lastLook = lastLook
    }
}

extension Sequence where Element == ReportDay {
    /// The days on which new reports lay there and nobody looked at them. Every day counts, holidays too: what is acute
    /// does not wait for Monday (R4.5). What comes in after the day's look is the next day's matter.
    ///
    /// - Parameter isWaiting: whether reports already lay there when the first of the days, which come in order, began.
    public func withoutLook(isWaiting: Bool = false) -> [CivilDay] {
        var isWaiting = isWaiting
        var missed: [CivilDay] = []
        for day in self where isWaiting || day.lastReport != nil {
            guard let look = day.lastLook else {
                isWaiting = true
                missed.append(day.day)
                continue
            }
            isWaiting = day.lastReport.map { $0 > look } ?? false
        }
        return missed
    }
}
