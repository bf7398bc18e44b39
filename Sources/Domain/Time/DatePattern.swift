/// How another system writes dates, as in `MM/dd/yyyy hh:mm:ss a` or `yyyy-MM-dd HH:mm`.
///
/// The letters are Unicode's (UTS 35): `yyyy`; `MM` or `M`; `dd` or `d`; `HH` or `H` (0–23); `hh` or `h` (1–12, with
/// `a` for AM or PM); `mm`; `ss`. A single letter takes one digit or two. Text in quotes, as in `'T'`, and everything
/// that is no letter stands for itself. Foundation's formatter is slow on Linux and guesses; this reads what is
/// written or says no.
public struct DatePattern: Hashable, Sendable {
    public let text: String
    private let parts: [Part]

    fileprivate enum Part: Hashable {
        case number(Field, digits: ClosedRange<Int>)
        case halfOfDay
        case literal(UInt8)
    }

    fileprivate enum Field: Hashable {
        case year, month, day, hour, hourOfHalf, minute, second
    }

    /// What is wrong with a pattern.
    public enum Fault: Error, Hashable, Sendable {
        case unknown(letters: String)
        case twice(letters: String)
        case missing(String)
        case quote
    }

    public init(_ text: String) throws(Fault) {
        var parts: [Part] = []
        var rest = text[...]
        while let character = rest.first {
            if character == "'" {
                guard let end = rest.dropFirst().firstIndex(of: "'") else { throw .quote }
                parts += rest[rest.index(after: rest.startIndex)..<end].utf8.map(Part.literal)
                rest = rest[rest.index(after: end)...]
            } else if character.isLetter {
                let letters = rest.prefix { $0 == character }
                let part = try Self.part(String(letters))
                guard !parts.contains(where: { $0.isSame(as: part) }) else { throw .twice(letters: String(letters)) }
                parts.append(part)
                rest = rest.dropFirst(letters.count)
            } else {
                parts += character.utf8.map(Part.literal)
                rest = rest.dropFirst()
            }
        }
        for (field, letters) in [(Field.year, "yyyy"), (.month, "MM"), (.day, "dd")] where !parts.contains(field) {
            throw .missing(letters)
        }
        if parts.contains(.hourOfHalf) != parts.contains(.halfOfDay) {
            throw .missing(parts.contains(.halfOfDay) ? "hh" : "a")
        }
        if parts.contains(.minute), !parts.contains(.hour), !parts.contains(.hourOfHalf) { throw .missing("HH") }
        if parts.contains(.second), !parts.contains(.minute) { throw .missing("mm") }
        self.text = text
        self.parts = parts
    }

    private static func part(_ letters: String) throws(Fault) -> Part {
        switch letters {
        case "yyyy": .number(.year, digits: 4...4)
        case "MM": .number(.month, digits: 2...2)
        case "M": .number(.month, digits: 1...2)
        case "dd": .number(.day, digits: 2...2)
        case "d": .number(.day, digits: 1...2)
        case "HH": .number(.hour, digits: 2...2)
        case "H": .number(.hour, digits: 1...2)
        case "hh": .number(.hourOfHalf, digits: 2...2)
        case "h": .number(.hourOfHalf, digits: 1...2)
        case "mm": .number(.minute, digits: 2...2)
        case "ss": .number(.second, digits: 2...2)
        case "a": .halfOfDay
        default: throw .unknown(letters: letters)
        }
    }

    /// Why a text is no date of this pattern.
    public enum Misreading: Error, Hashable, Sendable {
        case notAsWritten
        /// As 30 February, or outside the years 1900–2999.
        case noSuchDay
        /// As 25 o'clock.
        case noSuchTime
    }

    /// A pattern without hours reads as midnight.
    public func read(_ text: String) throws(Misreading) -> CivilMoment {
        var digits = ISO8601Digits(text)
        var values: [Field: Int] = [:]
        var isAfternoon = false
        for part in parts {
            switch part {
            case .literal(let byte):
                guard digits.take(byte: byte) else { throw .notAsWritten }
            case .halfOfDay:
                guard let half = digits.halfOfDay() else { throw .notAsWritten }
                isAfternoon = half == .afternoon
            case .number(let field, let count):
                guard let value = digits.number(count) else { throw .notAsWritten }
                values[field] = value
            }
        }
        guard digits.isAtEnd else { throw .notAsWritten }
        guard let year = values[.year], CivilDay.acceptedYears.contains(year),
            let day = CivilDay(year: year, month: values[.month] ?? 0, day: values[.day] ?? 0)
        else { throw .noSuchDay }
        var hour = values[.hour] ?? 0
        if let hourOfHalf = values[.hourOfHalf] {
            guard (1...12).contains(hourOfHalf) else { throw .noSuchTime }
            hour = hourOfHalf % 12 + (isAfternoon ? 12 : 0)
        }
        guard
            let moment = CivilMoment(
                day: day, hour: hour, minute: values[.minute] ?? 0, second: values[.second] ?? 0)
        else { throw .noSuchTime }
        return moment
    }
}

extension DatePattern.Part {
    fileprivate func isSame(as other: Self) -> Bool {
        switch (self, other) {
        case (.number(let field, _), .number(let otherField, _)): field == otherField
        case (.halfOfDay, .halfOfDay): true
        default: false
        }
    }
}

extension [DatePattern.Part] {
    fileprivate func contains(_ field: DatePattern.Field) -> Bool {
        contains { if case .number(field, _) = $0 { true } else { false } }
    }
}

extension ISO8601Digits {
    fileprivate enum HalfOfDay { case morning, afternoon }

    /// AM or PM, in either case.
    fileprivate mutating func halfOfDay() -> HalfOfDay? {
        let half: HalfOfDay
        if take("A") || take("a") {
            half = .morning
        } else if take("P") || take("p") {
            half = .afternoon
        } else {
            return nil
        }
        return take("M") || take("m") ? half : nil
    }

    /// As many digits as there are, within the counts allowed.
    fileprivate mutating func number(_ counts: ClosedRange<Int>) -> Int? {
        guard var value = number(counts.lowerBound) else { return nil }
        for _ in 0..<(counts.upperBound - counts.lowerBound) {
            guard let digit = digit() else { break }
            value = value * 10 + digit
        }
        return value
    }
}
