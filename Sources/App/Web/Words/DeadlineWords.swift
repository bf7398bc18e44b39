import Domain

/// Deadlines in words, so that colour is never alone to tell.
struct DeadlineWords: Sendable {
    let words: Words

    typealias Kind = DeadlineKind

    /// "Acknowledge today at 15.30", "Answer by Thursday 23 July", "Parked until Monday 27 July".
    /// - Parameter days: from today to the deadline's day; 0 or more.
    func due(_ kind: Kind, _ moment: DateWords.Moment, days: Int, thisYear: Int) -> String {
        let dates = DateWords(words: words)
        let when =
            days == 0
            ? dates.relative(moment, days: 0, thisYear: thisYear)
            : dates.relativeDay(moment, days: days, thisYear: thisYear)
        return words("deadline.\(kind.rawValue).\(days == 0 ? "today" : "by")", ["when": when])
    }

    /// How late, for the middle of a sentence: "2 working days late"; less than one is "late since 9.00", or "late since
    /// yesterday" when there has been no office hour since.
    /// - Parameter days: from the deadline's day to today; 0 or more.
    func late(workingDays: Int, since moment: DateWords.Moment, days: Int, thisYear: Int) -> String {
        let dates = DateWords(words: words)
        if workingDays > 0 { return words.count("deadline.late", workingDays) }
        if days == 0 { return words("deadline.late.today", ["time": dates.time(moment)]) }
        return words("deadline.late.day", ["day": dates.relativeDay(moment, days: -days, thisYear: thisYear)])
    }

    /// What it is, and how it stands with it: "Acknowledgement: 2 working days late".
    func late(_ kind: Kind, _ late: String) -> String {
        words("deadline.late.what", ["what": words("deadline.kind.\(kind.rawValue)"), "late": late])
    }
}
