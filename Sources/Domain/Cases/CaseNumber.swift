import Foundation

/// The number of a case that people say to each other: year, sequence and check digit, as in `26-10423-4` (R1.3).
///
/// The check digit is Damm's, which finds every single wrong digit and every swap of two neighbours.
public struct CaseNumber: Hashable, Sendable {
    /// The last two digits of the year, 0–99.
    public let year: Int
    /// Counts up within the municipality and year, from `firstSequence`.
    public let sequence: Int

    /// All numbers of a year have five digits until the 90,000th case.
    public static let firstSequence = 10_001

    public init(year: Int, sequence: Int) {
        self.year = ((year % 100) + 100) % 100
        self.sequence = sequence
    }

    /// Reads what a person typed, said or pasted: any dashes and spaces or none, four digits of the year, invisible signs.
    /// Nil if the check digit is wrong.
    public init?(text: some StringProtocol) {
        guard let digits = Self.digits(of: text), let number = Self(digits: digits) else { return nil }
        self = number
    }

    private init?(digits: [Int]) {
        guard Self.damm(digits) == 0 else { return nil }
        year = digits[0] * 10 + digits[1]
        sequence = digits[2..<(digits.count - 1)].reduce(0) { $0 * 10 + $1 }
        guard sequence >= Self.firstSequence else { return nil }
    }

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

    /// The two digits of the year, of which people write four as well.
    private static func year(_ digits: some StringProtocol) -> String? {
        switch digits.count {
        case 2: String(digits)
        case 4 where digits.hasPrefix("20") || digits.hasPrefix("19"): String(digits.suffix(2))
        default: nil
        }
    }

    /// Of a whole text, with dashes and spaces anywhere or nowhere.
    private static func digits(of text: some StringProtocol) -> [Int]? {
        var digits: [Int] = []
        var groups = [0]
        for scalar in text.unicodeScalars where !scalar.isInvisible {
            if scalar.isDigit {
                guard digits.count < 15 else { return nil }
                digits.append(Int(scalar.value) - 48)
                groups[groups.count - 1] += 1
            } else if scalar.isDash || scalar.isSpace {
                if groups.last != 0 { groups.append(0) }
            } else {
                return nil
            }
        }
        let lengths = groups.filter { $0 > 0 }
        let mayHaveCentury = digits.starts(with: [2, 0]) || digits.starts(with: [1, 9])
        let isWhole = lengths.count == 1 && digits.count >= 10
        let hasCentury =
            mayHaveCentury
            && (lengths.count == 3 && lengths[0] == 4 && lengths[2] == 1 || isWhole && damm(digits.dropFirst(2)) == 0)
        if hasCentury { digits.removeFirst(2) }
        return (8...13).contains(digits.count) ? digits : nil
    }

    /// What a number with a wrong check digit may have been: those with one digit different or two neighbours swapped,
    /// the one that differs in the check digit alone first. Nil for what has not the form of a number, or is right. It
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

    public var checkDigit: Int { Self.damm(String(format2(year) + String(sequence)).compactMap(\.wholeNumberValue)) }

    /// A number that sorts and compares as the case number does: year and sequence in one.
    public var sortKey: Int64 { Int64(year) * 10_000_000_000 + Int64(sequence) }

    /// From what `sortKey` gave.
    public init(sortKey: Int64) {
        self.init(year: Int(sortKey / 10_000_000_000), sequence: Int(sortKey % 10_000_000_000))
    }

    private static func damm(_ digits: some Sequence<Int>) -> Int { digits.reduce(0) { table[$0][$1] } }

    private static let table: [[Int]] = [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2], [7, 0, 9, 2, 1, 5, 4, 8, 6, 3], [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6], [6, 1, 2, 3, 0, 4, 5, 9, 7, 8], [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4], [8, 9, 4, 5, 3, 6, 2, 0, 1, 7], [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ]
}

private func format2(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

extension CaseNumber: CustomStringConvertible {
    public var description: String { "\(format2(year))-\(sequence)-\(checkDigit)" }
}
