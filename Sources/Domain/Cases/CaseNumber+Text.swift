extension CaseNumber {
    /// Reads a number among other words: `Sak 26-10121-4`, the subject of a mail. The whole text may be a number however
    /// it is written; within words the dashes tell it from other numbers.
    ///
    /// - Parameter year: in which a number lies that is said without one, or in the year before it: the check digit tells.
    public init?(in text: some StringProtocol, year: Int) {
        if let whole = CaseNumber(text: text) {
            self = whole
            return
        }
        let written = CaseNumber.written(in: text)
        let found = written.lazy.filter(\.hasYear).compactMap { CaseNumber(digits: $0.digits) }.first
        let short = { (written: Written) -> CaseNumber? in
            [year, year - 1].lazy.compactMap { year in
                let year = CaseNumber(year: year, sequence: 0).year
                return CaseNumber(digits: [year / 10, year % 10] + written.digits)
            }.first
        }
        guard let number = found ?? written.lazy.filter({ !$0.hasYear }).compactMap(short).first else { return nil }
        self = number
    }

    /// Reads what was typed where a number is asked for: there it needs no dashes among other words either.
    public init?(typed text: some StringProtocol, year: Int) {
        guard let number = CaseNumber(in: text, year: year) ?? CaseNumber.undashed(in: text, year: year).first else {
            return nil
        }
        self = number
    }

    /// Whether the text holds what is grouped by dashes as a number is, right or wrong; a telephone number is not.
    public static func isWritten(in text: some StringProtocol) -> Bool { written(in: text).contains(where: \.hasYear) }

    /// Digits that are grouped as a number.
    private struct Written {
        var digits: [Int]
        var hasYear: Bool
    }

    private static func written(in text: some StringProtocol) -> [Written] {
        let groups = DigitGroups(text.unicodeScalars.filter { !$0.isInvisible }).groups
        var written: [Written] = []
        for index in groups.indices where (5...10).contains(groups[index].count) {
            guard index + 1 < groups.count, groups[index + 1].gap == .dash, groups[index + 1].count == 1,
                index + 2 == groups.count || groups[index + 2].gap != .dash
            else { continue }
            let number = groups[index].digits + groups[index + 1].digits
            if groups[index].gap != .dash {
                written.append(Written(digits: number.compactMap(\.wholeNumberValue), hasYear: false))
            } else if let year = year(groups[index - 1].digits), index < 2 || groups[index - 1].gap != .dash {
                written.append(Written(digits: (year + number).compactMap(\.wholeNumberValue), hasYear: true))
            }
        }
        return written
    }

    /// The numbers that may stand among other words without dashes, in one row of digits or parted by spaces: `Sak 26 10121 4`,
    /// `saksnr. 26101214`. Of `year` and the year before only, and with the right check digit; even so it may be a
    /// telephone number. So this is one way to read the text, beside others.
    public static func undashed(in text: some StringProtocol, year: Int) -> [CaseNumber] {
        let row = DigitGroups(text.unicodeScalars.filter { !$0.isInvisible })
        let years = [year, year - 1].map { CaseNumber(year: $0, sequence: 0).year }
        var found: [CaseNumber] = []
        for first in row.groups.indices {
            var digits: [Int] = []
            // Year, sequence and check digit.
            for index in first..<min(first + 3, row.groups.count) {
                let group = row.groups[index]
                guard index == first || row.isSpaced(index), digits.count + group.count <= 15 else { break }
                digits += group.digits.compactMap(\.wholeNumberValue)
                let hasCentury = digits.starts(with: [2, 0]) || digits.starts(with: [1, 9])
                for digits in hasCentury ? [digits, Array(digits.dropFirst(2))] : [digits] {
                    guard (8...13).contains(digits.count), let number = CaseNumber(digits: digits),
                        years.contains(number.year), !found.contains(number)
                    else { continue }
                    found.append(number)
                    if found.count == mostUndashed { return found }
                }
            }
        }
        return found
    }

    /// More are no case numbers.
    private static let mostUndashed = 3

    /// The two digits of the year, of which people write four as well.
    private static func year(_ digits: some StringProtocol) -> String? {
        switch digits.count {
        case 2: String(digits)
        case 4 where digits.hasPrefix("20") || digits.hasPrefix("19"): String(digits.suffix(2))
        default: nil
        }
    }

    /// What a number with a wrong check digit may have been: those with one digit different or two neighbours swapped,
    /// the one that differs in the check digit alone first. Nil if it does not look like a case number, or is right. It
    /// may stand among other words.
    public static func misheard(_ text: some StringProtocol) -> [CaseNumber]? {
        let digits = digits(of: text) ?? written(in: text).first(where: \.hasYear)?.digits
        guard let digits, damm(digits) != 0 else { return nil }
        var near: [CaseNumber] = []
        for place in digits.indices.reversed() {
            for digit in 0...9 {
                var other = digits
                other[place] = digit
                CaseNumber(digits: other).map { near.append($0) }
            }
            if place > 0 {
                var other = digits
                other.swapAt(place - 1, place)
                CaseNumber(digits: other).map { near.append($0) }
            }
        }
        return near
    }
}

extension DigitGroups {
    /// Nothing but spaces stands between the group and the one before.
    fileprivate func isSpaced(_ index: Int) -> Bool {
        scalars[groups[index - 1].range.upperBound..<groups[index].range.lowerBound].allSatisfy(\.isSpace)
    }
}
