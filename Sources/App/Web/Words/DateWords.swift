/// Days and times of day as people say them. Works on plain numbers, so that it needs no time zone and no formatter.
struct DateWords: Sendable {
    let words: Words

    /// A moment on a wall clock.
    struct Moment: Sendable {
        var year: Int
        /// 1–12.
        var month: Int
        var day: Int
        /// 1 (Monday) – 7 (Sunday).
        var weekday: Int
        var hour: Int = 0
        var minute: Int = 0
    }

    /// "Thursday 23 July".
    func day(_ moment: Moment) -> String { words("date.day", parts(of: moment)) }

    /// "Thursday 23 July 2026".
    func dayAndYear(_ moment: Moment) -> String { words("date.day_and_year", parts(of: moment)) }

    /// "15.30".
    func time(_ moment: Moment) -> String { words("date.time", parts(of: moment)) }

    /// "Thursday 23 July at 15.30".
    func dayAndTime(_ moment: Moment) -> String { at(day(moment), moment) }

    /// "today at 15.30", "tomorrow at 9.00", "Thursday 23 July at 15.30", with the year when it is another one.
    /// - Parameter days: from today to that day in the calendar; negative for the past.
    func relative(_ moment: Moment, days: Int, thisYear: Int) -> String {
        at(relativeDay(moment, days: days, thisYear: thisYear), moment)
    }

    /// "today", "tomorrow", "yesterday", "Thursday 23 July", with the year when it is another one.
    func relativeDay(_ moment: Moment, days: Int, thisYear: Int) -> String {
        switch days {
        case -1: words("date.yesterday")
        case 0: words("date.today")
        case 1: words("date.tomorrow")
        default: moment.year == thisYear ? day(moment) : dayAndYear(moment)
        }
    }

    private func at(_ day: String, _ moment: Moment) -> String {
        words("date.at", ["day": day, "time": time(moment)])
    }

    private func parts(of moment: Moment) -> [String: String] {
        [
            "weekday": words("weekday.\(moment.weekday)"), "day": "\(moment.day)",
            "month": words("month.\(moment.month)"), "year": "\(moment.year)", "hour": "\(moment.hour)",
            "minute": moment.minute < 10 ? "0\(moment.minute)" : "\(moment.minute)",
        ]
    }
}
