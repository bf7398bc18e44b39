/// E-mail addresses and telephone numbers in running text, whosever they are. Everything here goes through a text once
/// or a fixed number of times: a citizen's text may be one word of 8,000 digits.
public enum ContactDetails {
    /// `text` with them masked.
    ///
    /// A telephone number is one with `+` or `00` and a country code in front, or one as people write it in `country`:
    /// eight digits in Norway and Denmark, eight to ten from a 0 on in Sweden, grouped as telephone numbers are. Dates,
    /// times, case numbers and positions are grouped otherwise and stay.
    ///
    /// - Parameter isKept: of an address or a number as it stands in the text, whether it stays all the same.
    public static func masked(
        _ text: String, in country: Country, except isKept: (_ found: String) -> Bool = { _ in false }
    ) -> String {
        // Most texts hold neither, which a look at the bytes tells.
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "@") || 0x30...0x39 ~= $0 }) else { return text }
        let scalars = Array(text.unicodeScalars)
        let withoutAddresses = masking(addresses(in: scalars).filter { !isKept(string(scalars[$0])) }, in: scalars)
        let groups = DigitGroups(withoutAddresses)
        let numbers = telephones(in: groups, country).filter { !isKept(string(withoutAddresses[$0])) }
        return string(masking(numbers, in: withoutAddresses)[...])
    }

    /// The telephone numbers in a text, however their digits are grouped: more than `masked` takes for one, since here a
    /// wrong one does no harm.
    public static func telephones(in text: String, country: Country) -> [PhoneNumber] {
        guard text.utf8.contains(where: { 0x30...0x39 ~= $0 }) else { return [] }
        let groups = DigitGroups(Array(text.withoutSignsInNumbers.unicodeScalars))
        var found: [PhoneNumber] = []
        for first in groups.groups.indices {
            let row = DigitRow(groups, from: first)
            found += row.loose(in: country).compactMap { PhoneNumber(string(groups.scalars[row.start..<$0])) }
        }
        return found
    }

    // MARK: Addresses

    /// Where the addresses stand: outward from each @.
    static func addresses(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for at in scalars.indices where scalars[at] == "@" {
            var start = at
            let before = found.last?.upperBound ?? 0
            while start > before, isLocal(scalars[start - 1]) { start -= 1 }
            guard start < at, let end = domainEnd(scalars, after: at) else { continue }
            found.append(start..<end)
        }
        return found
    }

    /// Where the domain ends that begins after the @: at the last part that begins with a letter and has two or more.
    private static func domainEnd(_ scalars: [Unicode.Scalar], after at: Int) -> Int? {
        var end: Int?
        var start = at + 1
        var index = start
        while true {
            while index < scalars.count, isLabel(scalars[index]) { index += 1 }
            guard index > start else { return end }
            let isFirst = start == at + 1
            if !isFirst, index - start >= 2, isLabel(scalars[start]), !scalars[start].isDigit, scalars[start] != "-" {
                end = index
            }
            guard index < scalars.count, scalars[index] == "." else { return end }
            index += 1
            start = index
        }
    }

    private static func isLabel(_ scalar: Unicode.Scalar) -> Bool { scalar == "-" || scalar.isWordPart }

    private static func isLocal(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isWordPart || ".!#$%&'*+/=?^_`{|}~-".unicodeScalars.contains(scalar)
    }

    // MARK: Numbers

    /// Each with the + before its digits.
    private static func telephones(in groups: DigitGroups, _ country: Country) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var next = 0
        while next < groups.groups.count {
            let row = DigitRow(groups, from: next)
            guard let count = row.telephone(in: country) else {
                next += 1
                continue
            }
            found.append(row.start..<groups.groups[next + count - 1].range.upperBound)
            next += count
        }
        return found
    }

    // MARK: Text

    static func masking(_ ranges: [Range<Int>], in scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard !ranges.isEmpty else { return scalars }
        var masked: [Unicode.Scalar] = []
        var end = 0
        for range in ranges where range.lowerBound >= end {
            masked += scalars[end..<range.lowerBound] + PersonalNumber.mask.unicodeScalars
            end = range.upperBound
        }
        return masked + scalars[end...]
    }

    static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}
