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
        var masked = ""
        var rest = text[...]
        while let start = rest.firstIndex(where: isDigit) {
            masked += rest[..<start]
            rest = rest[start...]
            let first = rest.prefix(while: isDigit)
            let whole = number(in: rest, first: first)
            masked += whole == nil ? first : mask[...]
            rest = rest[(whole ?? first).endIndex...]
        }
        return masked + rest
    }

    /// The number with which `rest` begins: digits in one row, or in two with up to three characters between.
    private static func number(in rest: Substring, first: Substring) -> Substring? {
        if isOne(first) { return first }
        let after = rest[first.endIndex...]
        let separator = after.prefix { "-‐‑–—−+ \u{a0}\u{202f}\t".contains($0) }
        guard (1...3).contains(separator.count) else { return nil }
        let second = rest[separator.endIndex...].prefix(while: isDigit)
        guard [6, 8].contains(first.count), [4, 5].contains(second.count), isOne(first + second) else { return nil }
        return rest[..<second.endIndex]
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

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
