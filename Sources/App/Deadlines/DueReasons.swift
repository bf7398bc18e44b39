import Domain

/// Due dates in words, with what was counted and what was not.
struct DueReasons {
    let calendar: WorkingCalendar
    let words: Words
    let now: Instant

    var times: Times { Times(calendar, words, now) }

    /// Whether it comes in during a holiday period.
    func period(_ at: Instant) -> String {
        calendar.holidayPeriod(on: calendar.timeZone.day(of: at))
            .map { words("admin.calendar.preview.period", ["name": $0.name]) }
            ?? words("admin.calendar.preview.no_period")
    }

    /// One for each target.
    func facts(_ targets: ServiceTargets, _ at: Instant) -> [Fact] {
        var facts = CalendarRecord.targets.map { field, path in
            fact(words("admin.calendar." + field), targets[keyPath: path], at)
        }
        let late = Reminder(kind: .feedback, due: targets.feedback.due(after: at, in: calendar), step: .escalated)
        facts.append(
            Fact(
                term: words("admin.calendar.escalate_after"),
                text: words(
                    "admin.calendar.preview.leader", ["when": times.dayAndTime(late.at(targets, calendar))])))
        return facts
    }

    private func fact(_ term: String, _ target: ServiceTarget, _ at: Instant) -> Fact {
        let count = target.workingDays(for: at, in: calendar)
        let due = target.due(after: at, in: calendar)
        let (start, end) = (calendar.timeZone.day(of: at), calendar.timeZone.day(of: due))
        var parts = [
            words.count("admin.calendar.preview.due", count, ["when": times.dayAndTime(due)])
        ]
        if let skipped = skipped(after: start, before: end) { parts.append(skipped) }
        if let reason = calendar.earlyClosing(on: end) {
            parts.append(
                words(
                    "admin.calendar.preview.half",
                    ["day": times.day(end), "reason": name(of: reason, on: end)]))
        }
        return Fact(term: term, text: parts.joined(separator: " "))
    }

    /// "Not counted: 4 days of weekends, Thursday 1 January (New Year's Day)."
    private func skipped(after start: CivilDay, before end: CivilDay) -> String? {
        let closed = calendar.closedDays(after: start, before: end)
        let weekly = closed.count { $0.reason == .weekday }
        var parts: [String] = []
        if weekly > 0 { parts.append(words.count("admin.calendar.preview.weekly", weekly)) }
        for (day, reason) in closed where reason != .weekday {
            parts.append(
                words("admin.calendar.preview.closed", ["day": times.day(day), "reason": name(of: reason, on: day)]))
        }
        return parts.isEmpty
            ? nil : words("admin.calendar.preview.skipped", ["days": parts.joined(separator: ", ")])
    }

    private func name(of reason: ClosingReason, on day: CivilDay) -> String {
        switch reason {
        case .weekday, .own: calendar.dayNames?[day] ?? words("admin.calendar.own_day")
        case .publicHoliday(let holiday): holiday.name[words.language]
        case .customary(let day): day.name[words.language]
        }
    }
}
