import Domain

/// Office hours, days and periods as people type them.
enum CalendarText {
    /// Reads `8-15.30`, `08:00–15:30`.
    static func hours(_ text: String) -> OfficeHours? {
        let parts = text.split { "-–—".contains($0) }
        guard parts.count == 2, let opens = time(parts[0]), let closes = time(parts[1]) else { return nil }
        return OfficeHours(opens: opens, closes: closes)
    }

    static func text(_ hours: OfficeHours?) -> String { hours.map { "\($0.opens)–\($0.closes)" } ?? "" }

    /// Reads `8`, `12.00`, `kl. 12:00`.
    static func time(_ text: some StringProtocol) -> TimeOfDay? {
        let digits = text.drop { !$0.isNumber }.trimmed
        let parts = digits.split(omittingEmptySubsequences: false) { ":.".contains($0) }
        guard (1...2).contains(parts.count), let hour = number(parts[0], 0...24) else { return nil }
        guard parts.count == 2 else { return TimeOfDay(minutes: hour * 60) }
        guard parts[1].count == 2, let minute = number(parts[1], 0...59) else { return nil }
        return TimeOfDay(minutes: hour * 60 + minute)
    }

    /// The longest name of a closing day, in characters.
    static let longestName = 60

    /// A closing day, or a half day with the time at which the office closes, and what day it is, where that is said:
    /// `2026-12-23`, `23.12.2026 12:00`, `2026-05-15 Klämdag`, `23.12.2026 kl. 12 Julelunsj`.
    static func closingDay(_ line: String) -> (day: CivilDay, closes: TimeOfDay?, name: String?)? {
        let iso = line.prefixMatch(of: /(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?!\d)/)
        let local = line.prefixMatch(of: /(?<day>\d{1,2})[.\/] ?(?<month>\d{1,2})[.\/ ] ?(?<year>\d{4})(?!\d)/)
        guard let end = iso?.range.upperBound ?? local?.range.upperBound else { return nil }
        let parts = iso.map { [$0.year, $0.month, $0.day] } ?? local.map { [$0.year, $0.month, $0.day] } ?? []
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3, (1900...2999).contains(numbers[0]),
            let day = CivilDay(year: numbers[0], month: numbers[1], day: numbers[2])
        else { return nil }
        var rest = line[end...].drop { $0.isWhitespace }
        var closes: TimeOfDay?
        // A lone number in front of a name belongs to the name: "2. juledag".
        let clock = #/(?:(?i:kl|klo|at)\.? ?)?\d{1,2}[:.]\d{2}(?!\d)|(?i:kl|klo|at)\.? ?\d{1,2}(?!\d)|\d{1,2}\s*$/#
        if let found = rest.prefixMatch(of: clock) {
            guard let read = time(found.output) else { return nil }
            closes = read
            rest = rest[found.range.upperBound...]
        }
        let name = rest.drop { $0.isWhitespace || ":,–-".contains($0) }.trimmed
        if name.isEmpty { return rest.isBlank ? (day, closes, nil) : nil }
        guard name.contains(where: \.isLetter), name.count <= longestName else { return nil }
        return (day, closes, name)
    }

    /// The closing days and half days, one a line, by date.
    static func closingDays(of calendar: WorkingCalendar) -> String {
        let closed = calendar.closingDays.map { ($0, $0.iso) }
        let half = calendar.halfDays.filter { !calendar.closingDays.contains($0.key) }.map { ($0, "\($0) \($1)") }
        return (closed + half).sorted { $0.0 < $1.0 }
            .map { day, text in calendar.dayNames?[day].map { text + " " + $0 } ?? text }.joined(separator: "\n")
    }

    /// A day of every year: `15/6`, `15.6.`, `påsk -6`, `uke 26`. A week begins on its Monday and ends on its Sunday.
    static func rule(_ text: String, isLast: Bool) -> DayRule? {
        let plain = text.lowercased().replacing("−", with: "-").replacing("–", with: "-").filter { $0 != " " }
        if let match = plain.wholeMatch(of: /(\d{1,2})[.\/](\d{1,2})\.?/) {
            // A year with a leap day, so that 29 February exists.
            guard let day = Int(match.1), let month = Int(match.2), CivilDay(year: 2000, month: month, day: day) != nil
            else { return nil }
            return .date(month: month, day: day)
        }
        if let match = plain.wholeMatch(of: /(?:påske?|easter)([+-]?\d{1,2})?/) {
            guard let days = Int(match.1 ?? "0"), (-60...60).contains(days) else { return nil }
            return .easter(days)
        }
        if let match = plain.wholeMatch(of: /(?:vecka|uke|uge|week)(\d{1,2})/), let week = number(match.1, 1...53) {
            return .week(week, isLast ? .sunday : .monday)
        }
        return CivilDay(iso: plain).map(DayRule.once)
    }

    static func text(_ rule: DayRule, _ words: Words) -> String {
        switch rule {
        case .date(let month, let day): "\(day)/\(month)"
        case .easter(0): words("admin.calendar.easter")
        case .easter(let days): words("admin.calendar.easter") + (days < 0 ? " −\(-days)" : " +\(days)")
        case .week(let week, _): words("admin.calendar.week") + " \(week)"
        case .once(let day): day.iso
        // No municipality begins with such a day, and none can type one.
        case .weekday: rule.day(in: 2000).iso
        }
    }

    private static func number(_ text: some StringProtocol, _ range: ClosedRange<Int>) -> Int? {
        guard text.count <= 2, text.allSatisfy(\.isNumber), let number = Int(text), range.contains(number) else {
            return nil
        }
        return number
    }
}
