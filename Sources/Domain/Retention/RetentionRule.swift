/// How long a class is kept, by whose decision. Public records are erased by a decision only (Sweden: arkivlagen 10 §;
/// Norway: arkivlova; Denmark: arkivloven), so each rule carries its own, and none is ever changed: a later one follows it.
public struct RetentionRule: Sendable, Hashable {
    public let id: ID<RetentionRule>
    public let kept: RetentionClass
    /// Nil for as long as Torg has it.
    public let months: Int?
    public let decidedBy: String
    /// Its number, or where it is found.
    public let decision: String
    /// From this day on it holds.
    public let from: CivilDay

    public init(
        id: ID<RetentionRule>, kept: RetentionClass, months: Int?, decidedBy: String, decision: String, from: CivilDay
    ) {
        self.id = id
        self.kept = kept
        self.months = months
        self.decidedBy = decidedBy
        self.decision = decision
        self.from = from
    }

    /// Days until a rule holds by which more is erased than before: so long it can be taken back.
    public static let notice = 7

    /// When a change made today holds.
    ///
    /// - Parameters:
    ///   - months: nil for keeping.
    ///   - before: what holds now.
    public static func start(of months: Int?, after before: Int?, on today: CivilDay) -> CivilDay {
        guard let months, before.map({ months < $0 }) ?? true else { return today }
        return today + notice
    }

    /// What ended before this day is erased; nil when nothing is.
    public func cutoff(on today: CivilDay) -> CivilDay? { months.map { today.before(months: $0) } }
}

/// A run of a rule: its id tells when, and stands in what it erased.
public enum Erasure {}

extension CivilDay {
    /// The same day of the month so many months earlier, or the month's last.
    public func before(months: Int) -> CivilDay {
        let (year, month, day) = components
        let counted = year * 12 + month - 1 - months
        let (earlier, last) = (counted.flooredQuotient(by: 12), counted - counted.flooredQuotient(by: 12) * 12 + 1)
        return CivilDay(
            knownYear: earlier, month: last, day: min(day, CivilDay.length(ofMonth: last, year: earlier)))
    }
}
