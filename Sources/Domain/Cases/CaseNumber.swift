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

    /// Reads what a person typed or said: spaces, and dashes left out, are fine. Nil if the check digit is wrong.
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

    private static func digits(of text: some StringProtocol) -> [Int]? {
        let digits = text.unicodeScalars.filter { !" -–\u{a0}".unicodeScalars.contains($0) }
        guard (8...13).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        return digits.map { Int($0.value) - 48 }
    }

    /// What a number with a wrong check digit may have been: those with one digit different or two neighbours swapped,
    /// the one that differs in the check digit alone first. Nil for what has not the form of a number, or is right.
    public static func misheard(_ text: some StringProtocol) -> [CaseNumber]? {
        guard let digits = digits(of: text), damm(digits) != 0 else { return nil }
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
