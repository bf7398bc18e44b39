import Domain

/// What a report says of a case, in words: colour is never alone to tell.
struct FollowUpWords {
    let op: Operation
    private let times: Times

    /// - Parameter isKept: whether the words are for a file, which is read on other days too.
    init(_ op: Operation, isKept: Bool = false) {
        self.op = op
        times = Times(op.directory.calendar, op.words, op.now, isKept: isKept)
    }

    /// "Acknowledgement: 2 working days late"; in the overdue report what the case lacks, the first answer first.
    func due(_ line: FollowUpQuery.Line, in report: FollowUpReport) -> (text: String, kind: DueKind) {
        guard report == .overdue else { return times.due(line.due) }
        let late = times.late(since: line.firstAnswerDue)
        let parts = line.shortcomings.map { shortcoming in
            switch shortcoming {
            case .notTold: times.due(line.due).text
            case .firstAnswerLate: DeadlineWords(words: op.words).late(line.shown.firstAnswer.deadlineKind, late)
            // How late stands there once.
            case .measuresMissing where line.shortcomings.count > 1: op.words("reports.no_measures")
            case .measuresMissing: op.words("reports.no_measures.late", ["late": late])
            }
        }
        return (parts.joined(separator: ". "), .late)
    }

    /// 0 for what is not late, or late since earlier today.
    func workingDaysLate(_ line: FollowUpQuery.Line, in report: FollowUpReport) -> Int {
        let due = line.measuredFrom(in: report) ?? op.now
        return due < op.now ? max(0, op.directory.calendar.workingDaysBetween(due, op.now)) : 0
    }

    /// "37 open cases, 4 late", or what they lack.
    func sum(_ sums: [FollowUpQuery.Sum], in report: FollowUpReport) -> String {
        let words = op.words
        let add = { (part: (FollowUpQuery.Sum) -> Int) in sums.reduce(0) { $0 + part($1) } }
        guard report == .overdue else {
            let late = add(\.late)
            let closed = add(\.closed)
            return [
                words.count("list.summary.open", add(\.total) - closed),
                closed == 0 ? nil : words.count("list.summary.closed", closed),
                late == 0 ? words("list.summary.none_late") : words.count("list.summary.late", late),
            ].compactMap(\.self).joined(separator: ", ")
        }
        var parts: [String] = []
        if add(\.unanswered) > 0 { parts.append(words.count("reports.sum.unanswered", add(\.unanswered))) }
        if add(\.withoutMeasures) > 0 { parts.append(words.count("reports.sum.no_measures", add(\.withoutMeasures))) }
        if add(\.untold) > 0 { parts.append(words.count("reports.sum.untold", add(\.untold))) }
        return words.count("reports.sum.cases", add(\.total)) + " (" + parts.joined(separator: ", ") + ")"
    }
}
