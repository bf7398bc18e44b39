import Foundation

/// The number of a case that people say to each other: year, sequence and check digit, as in `26-10423-7` (R1.3).
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

    /// Reads what a person typed or said: spaces, and dashes left out, are fine. Nil if the check digit is wrong.
    public init?(text: some StringProtocol) {
        let digits = text.unicodeScalars.filter { !" -–\u{a0}".unicodeScalars.contains($0) }
        guard (8...13).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        let values = digits.map { Int($0.value) - 48 }
        guard Self.damm(values) == 0 else { return nil }
        year = values[0] * 10 + values[1]
        sequence = values[2..<(values.count - 1)].reduce(0) { $0 * 10 + $1 }
        guard sequence >= Self.firstSequence else { return nil }
    }

    public var checkDigit: Int { Self.damm(String(format2(year) + String(sequence)).compactMap(\.wholeNumberValue)) }

    /// A number that sorts and compares as the case number does: year and sequence in one.
    public var sortKey: Int64 { Int64(year) * 10_000_000_000 + Int64(sequence) }

    /// From what `sortKey` gave.
    public init(sortKey: Int64) {
        self.init(year: Int(sortKey / 10_000_000_000), sequence: Int(sortKey % 10_000_000_000))
    }

    private static func damm(_ digits: [Int]) -> Int { digits.reduce(0) { table[$0][$1] } }

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
