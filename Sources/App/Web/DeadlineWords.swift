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

    /// "2 working days late"; less than one is "late since 9.00 today".
    func late(workingDays: Int, since moment: DateWords.Moment) -> String {
        workingDays > 0
            ? words.count("deadline.late", workingDays)
            : words("deadline.late.today", ["time": DateWords(words: words).time(moment)])
    }

    /// The same with what it is that is late: "Acknowledgement: 2 working days late".
    func late(_ kind: Kind, workingDays: Int, since moment: DateWords.Moment) -> String {
        words(
            "deadline.late.what",
            ["what": words("deadline.kind.\(kind.rawValue)"), "late": late(workingDays: workingDays, since: moment)])
    }
}
