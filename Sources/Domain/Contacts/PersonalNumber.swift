/// Personal identity numbers in running text: Swedish personnummer and samordningsnummer, Norwegian fødselsnummer and
/// D-number, Danish CPR number.
///
/// What looks like one and holds a possible date is taken for one, without looking at check digits: Danish numbers have
/// had none that hold since 2007, and a mistyped number still tells who it is.
public enum PersonalNumber {
    /// Stands in the place of each number.
    public static let mask = "••••••"

    /// `text` with the numbers masked.
    public static func masked(_ text: String) -> String {
        guard FoldedText.mayHoldNumbers(text) else { return text }
        let folded = FoldedText(text)
        let found = DigitGroups(folded.scalars)
        var ranges: [Range<Int>] = []
        var next = 0
        while next < found.groups.count {
            let count = count(in: found, from: next)
            if let count {
                ranges.append(found.groups[next].range.lowerBound..<found.groups[next + count - 1].range.upperBound)
            }
            next += count ?? 1
        }
        return ranges.isEmpty ? text : folded.masking(ranges)
    }

    /// Of how many groups the number consists that begins with the group; nil where none does.
    private static func count(in found: DigitGroups, from first: Int) -> Int? {
        let groups = found.groups[first...].prefix(4)
        let between = groups.indices.dropFirst().map { index in
            Gap(found.scalars[groups[index - 1].range.upperBound..<groups[index].range.lowerBound])
        }
        return (1...groups.count).first { count in
            let digits = groups.prefix(count).map(\.digits)
            let isGrouped = isGrouped(digits.map(\.utf8.count), between, isFirst: groups[first].gap == .other)
            return isGrouped && isOne(withoutCentury(digits).joined())
        }
    }

    /// What stands between two groups.
    private enum Gap: Equatable {
        /// Up to three dashes, spaces and the + of those over a hundred years old.
        case usual(isSpace: Bool)
        case sign(Unicode.Scalar)
        case other

        init(_ between: ArraySlice<Unicode.Scalar>) {
            guard let sign = between.first, between.count <= 3 else {
                self = .other
                return
            }
            if between.allSatisfy({ $0.isDash || $0.isSpace || $0 == "+" }) {
                self = .usual(isSpace: between.allSatisfy(\.isSpace))
            } else {
                self = between.count == 1 && "./_:*·~|".unicodeScalars.contains(sign) ? .sign(sign) : .other
            }
        }

        var isUsual: Bool { self != .other && !isSign }
        var isSign: Bool { if case .sign = self { true } else { false } }
    }

    /// Whether the groups are those of a number: the day in one group or three, and what makes it one person's.
    ///
    /// - Parameter isFirst: whether no number stands before that may go on here.
    private static func isGrouped(_ lengths: [Int], _ gaps: [Gap], isFirst: Bool) -> Bool {
        switch lengths {
        case [10], [11], [12]: return true
        // A point would make it a position.
        case [6, 4], [6, 5], [8, 4], [8, 5]: return gaps[0].isUsual || (gaps[0].isSign && gaps[0] != .sign("."))
        case [6, 3, 2]: return gaps[0].isUsual && gaps[1] == .usual(isSpace: true)
        case [2, 2, 2, 4], [2, 2, 2, 5], [4, 2, 2, 4], [2, 2, 4, 4], [2, 2, 4, 5]:
            guard gaps[0] == gaps[1], gaps[0] != .other else { return false }
            if gaps[2] == .usual(isSpace: false) || (gaps[2].isSign && gaps[2] == gaps[0]) { return true }
            guard gaps[2] == .usual(isSpace: true) else { return false }
            // After a day a time may follow, or a year.
            return lengths == [2, 2, 2, 5] || (isFirst && gaps[0] == gaps[2])
        default: return false
        }
    }

    /// A day with its whole year, as only those write it whose numbers have no century: 01.01.1990-12345.
    private static func withoutCentury(_ digits: [String]) -> [String] {
        switch digits.map(\.utf8.count) {
        case [2, 2, 4, 4], [2, 2, 4, 5]: digits[0...1] + [String(digits[2].suffix(2)), digits[3]]
        case [8, 5]: [String(digits[0].prefix(4) + digits[0].suffix(2)), digits[1]]
        default: digits
        }
    }

    private static func isOne(_ text: some StringProtocol) -> Bool {
        let digits = text.compactMap(\.wholeNumberValue)
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        switch digits.count {
        // SE with the century: samordningsnummer have 60 added to the day.
        case 12:
            return (1800...2199).contains(number(0..<4)) && isDay(number(6..<8), 60, in: number(4..<6), 0)
        // NO: D-numbers have 40 added to the day, help and test numbers 40, 65 or 80 to the month.
        case 11:
            return [0, 40, 65, 80].contains { isDay(number(0..<2), 40, in: number(2..<4), $0) }
        // SE begins with the year, DK with the day.
        case 10:
            return isDay(number(4..<6), 60, in: number(2..<4), 0) || isDay(number(0..<2), 60, in: number(2..<4), 0)
        default: return false
        }
    }

    /// Whether these are a day and a month, with or without what is added to the day.
    private static func isDay(_ day: Int, _ added: Int, in month: Int, _ addedToMonth: Int) -> Bool {
        let month = month - addedToMonth
        guard (1...12).contains(month) else { return false }
        // The year does not matter: 29 February is possible.
        let longest = month == 2 ? 29 : [4, 6, 9, 11].contains(month) ? 30 : 31
        return (1...longest).contains(day) || (1...longest).contains(day - added)
    }
}
