/// E-mail addresses and telephone numbers in running text, whosever they are. Everything here goes through a text once
/// or a fixed number of times: a citizen's text may be one word of 8,000 digits.
public enum ContactDetails {
    /// `text` with them masked.
    ///
    /// A telephone number is one with `+` or `00` and a country code in front, or one as people write it in `country`:
    /// eight digits in Norway and Denmark, eight to ten from a 0 on in Sweden, grouped as telephone numbers are; those of
    /// the neighbours where their groups tell. Dates, times, case numbers and positions are grouped otherwise and stay.
    ///
    /// - Parameter isKept: of an address or the digits of a number, without what parts its signs and in the form that the
    ///   keyboard has, whether it stays all the same.
    public static func masked(
        _ text: String, in country: Country, except isKept: (_ found: String) -> Bool = { _ in false }
    ) -> String {
        guard FoldedText.mayHoldNumbers(text) else { return text }
        let folded = FoldedText(text)
        let addresses = addresses(in: folded.scalars).filter { range in
            !isKept(folded.string(range).filter { !$0.isWhitespace })
        }
        let numbers = telephones(in: DigitGroups(folded.scalars), country).filter { range in
            !isKept(folded.string(range).filter { $0 == "+" || $0.isNumber })
        }
        return addresses.isEmpty && numbers.isEmpty ? text : folded.masking(addresses + numbers)
    }

    /// The telephone numbers in a text, however their digits are grouped: more than `masked` takes for one, since here a
    /// wrong one does no harm.
    public static func telephones(in text: String, country: Country) -> [PhoneNumber] {
        guard FoldedText.mayHoldNumbers(text) else { return [] }
        let groups = DigitGroups(FoldedText(text).scalars)
        var found: [PhoneNumber] = []
        for first in groups.groups.indices {
            let row = DigitRow(groups, from: first)
            found += row.loose(in: country).compactMap { end in
                var number = String.UnicodeScalarView()
                number.append(contentsOf: groups.scalars[row.start..<end])
                return PhoneNumber(String(number))
            }
        }
        return found
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
}
