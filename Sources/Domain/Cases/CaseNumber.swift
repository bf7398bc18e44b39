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

    init?(digits: [Int]) {
        guard Self.damm(digits) == 0 else { return nil }
        year = digits[0] * 10 + digits[1]
        sequence = digits[2..<(digits.count - 1)].reduce(0) { $0 * 10 + $1 }
        guard sequence >= Self.firstSequence else { return nil }
    }

    /// Of a whole text, with dashes and spaces anywhere or nowhere.
    static func digits(of text: some StringProtocol) -> [Int]? {
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

    public var checkDigit: Int { Self.damm(String(format2(year) + String(sequence)).compactMap(\.wholeNumberValue)) }

    /// A number that sorts and compares as the case number does: year and sequence in one.
    public var sortKey: Int64 { Int64(year) * 10_000_000_000 + Int64(sequence) }

    /// From what `sortKey` gave.
    public init(sortKey: Int64) {
        self.init(year: Int(sortKey / 10_000_000_000), sequence: Int(sortKey % 10_000_000_000))
    }

    static func damm(_ digits: some Sequence<Int>) -> Int { digits.reduce(0) { table[$0][$1] } }

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
