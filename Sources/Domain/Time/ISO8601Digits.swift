/// Reads the fixed-width parts of an ISO 8601 text from left to right. Foundation's formatters are slow on Linux and
/// lenient about what they accept.
struct ISO8601Digits {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Exactly `count` ASCII digits.
    mutating func number(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    mutating func digit() -> Int? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        rest.removeFirst()
        return Int(byte - UInt8(ascii: "0"))
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool { take(byte: UInt8(ascii: character)) }

    mutating func take(byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    mutating func day() -> CivilDay? {
        guard let year = number(4), CivilDay.acceptedYears.contains(year), take("-"),
            let month = number(2), take("-"), let day = number(2)
        else { return nil }
        return CivilDay(year: year, month: month, day: day)
    }
}

/// Digits with leading zeros.
func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
