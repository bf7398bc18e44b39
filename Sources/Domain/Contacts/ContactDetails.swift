/// E-mail addresses and telephone numbers in running text, whosever they are.
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
        let withoutAddresses = text.replacing(address) { found in
            isKept(String(found.output)) ? found.output : PersonalNumber.mask[...]
        }
        return masked(numbersOf: withoutAddresses, country, isKept)
    }

    nonisolated(unsafe) private static let address =
        #/[\p{L}\p{N}.!#$%&'*+\/=?^_`{|}~\-]+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)*\.\p{L}[\p{L}\p{N}\-]+/#

    private static func masked(numbersOf text: String, _ country: Country, _ isKept: (String) -> Bool) -> String {
        var masked = ""
        var rest = text[...]
        while let start = rest.firstIndex(where: isDigit) {
            // A + before the digits goes with them.
            let before = rest[..<start]
            let row = DigitRow(rest[start...], isInternational: before.last == "+")
            let found = row.telephone(in: country)
            let end = found ?? row.firstEnd
            if found != nil, !isKept(String(rest[start..<end])) {
                masked += (before.last == "+" ? before.dropLast() : before) + PersonalNumber.mask
            } else {
                masked += rest[..<end]
            }
            rest = rest[end...]
        }
        return masked + rest
    }

    fileprivate static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}

/// Groups of digits, one after the other, with what stands between telephone numbers' groups between them.
private struct DigitRow {
    private let groups: [Substring]
    /// Whether a point stands before each group: then it does before all groups of a number.
    private let isPointed: [Bool]
    private let isInternational: Bool

    /// The longest telephone numbers in their smallest groups.
    private static let most = 9

    init(_ text: Substring, isInternational plus: Bool) {
        var groups: [Substring] = []
        var isPointed: [Bool] = []
        var rest = text
        while groups.count < Self.most {
            let between = rest.prefix { !ContactDetails.isDigit($0) }
            guard groups.isEmpty || Self.joins(between) else { break }
            let group = rest[between.endIndex...].prefix(while: ContactDetails.isDigit)
            guard !group.isEmpty else { break }
            groups.append(group)
            isPointed.append(between == ".")
            rest = rest[group.endIndex...]
        }
        self.groups = groups
        self.isPointed = isPointed
        isInternational = plus || groups[0].hasPrefix("00")
    }

    private static func joins(_ between: Substring) -> Bool {
        (1...3).contains(between.count) && between.allSatisfy { " \u{a0}\u{202f}-‐‑–./()".contains($0) }
    }

    var firstEnd: Substring.Index { groups[0].endIndex }

    /// Where the telephone number ends with which the row begins.
    func telephone(in country: Country) -> Substring.Index? {
        if isInternational { return international }
        for count in (1...groups.count).reversed() where isOneWay(count) {
            let lengths = groups[..<count].map(\.count)
            switch country {
            case .norway, .denmark:
                let code = country == .norway ? "47" : "45"
                if isNordic(groups[..<count]) { return groups[count - 1].endIndex }
                if count > 1, groups[0] == code, isNordic(groups[1..<count]) { return groups[count - 1].endIndex }
                if lengths == [10], groups[0].hasPrefix(code) { return firstEnd }
            case .sweden:
                if isSwedish(lengths) { return groups[count - 1].endIndex }
            }
        }
        return nil
    }

    /// With points between all groups, or none: 22.30-23.30 is a time.
    private func isOneWay(_ count: Int) -> Bool { Set(isPointed[1..<max(1, count)]).count <= 1 }

    /// Eight digits, the first not 0 or 1 (Nkom and SDFI, the numbering plans).
    private func isNordic(_ groups: ArraySlice<Substring>) -> Bool {
        guard let first = groups.first?.first, !"01".contains(first) else { return false }
        switch groups.map(\.count) {
        case [8]: return !isDay(groups[groups.startIndex])
        case [2, 2, 2, 2], [3, 2, 3], [3, 3, 2], [2, 3, 3], [2, 6]: return groups.count > 2 || !isPointed[1]
        // From one year to another.
        case [4, 4]: return !groups.allSatisfy { $0.hasPrefix("19") || $0.hasPrefix("20") }
        default: return false
        }
    }

    /// The area code from its 0 on, and two or three groups; or no groups at all (PTS, the numbering plan).
    private func isSwedish(_ lengths: [Int]) -> Bool {
        guard groups[0].first == "0", (8...10).contains(lengths.reduce(0, +)) else { return false }
        if lengths.count == 1 { return true }
        guard (2...4).contains(lengths[0]), !isPointed[1] || lengths.count > 2 else { return false }
        return lengths.count == 2 ? lengths[1] >= 5 : lengths[1...].allSatisfy { (2...3).contains($0) }
    }

    /// A country code, and as many groups as a number takes: eight digits in Norway and Denmark, up to nine in Sweden.
    private var international: Substring.Index? {
        var digits = ""
        var end: Substring.Index?
        // In +46 (0)70 the 0 is dialled at home only.
        for group in groups where group != "0" {
            digits += group
            let number = digits.hasPrefix("00") ? digits.dropFirst(2) : digits[...]
            let most = number.hasPrefix("47") || number.hasPrefix("45") ? 10 : number.hasPrefix("46") ? 12 : 15
            guard number.count <= most else { break }
            if number.count >= 8 { end = group.endIndex }
        }
        return end
    }

    /// 20260720.
    private func isDay(_ digits: Substring) -> Bool {
        guard digits.hasPrefix("19") || digits.hasPrefix("20"), let month = Int(digits.dropFirst(4).prefix(2)),
            let day = Int(digits.suffix(2))
        else { return false }
        return (1...12).contains(month) && (1...31).contains(day)
    }
}
