extension PhoneNumber {
    /// The number in groups, as it is read aloud and written in its country: `+47 22 33 44 55`. One from elsewhere, or
    /// of another length, stays as it is.
    ///
    /// - Parameter country: whose number it is when no country code says so.
    public func grouped(in country: Country) -> String {
        guard description.hasPrefix("+") else { return Self.national(description, country) ?? description }
        for (code, country) in [("+47", Country.norway), ("+45", .denmark), ("+46", .sweden)]
        where description.hasPrefix(code) {
            let rest = String(description.dropFirst(code.count))
            let prefix = country == .sweden ? "0" : ""
            return Self.national(prefix + rest, country).map { code + " " + $0.dropFirst(prefix.count) } ?? description
        }
        return description
    }

    private static func national(_ digits: String, _ country: Country) -> String? {
        switch country {
        case .denmark: digits.count == 8 ? split(digits, [2, 2, 2, 2]) : nil
        // Mobile telephones and service numbers are read in threes.
        case .norway:
            digits.count == 8 ? split(digits, "489".contains(digits.prefix(1)) ? [3, 2, 3] : [2, 2, 2, 2]) : nil
        case .sweden: swedish(digits)
        }
    }

    /// The area code ends with a dash at home; abroad as well, where only its zero goes.
    private static func swedish(_ digits: String) -> String? {
        guard digits.hasPrefix("0") else { return nil }
        let area = digits.hasPrefix("08") ? 2 : shortAreas.contains(String(digits.prefix(3))) ? 3 : 4
        let groups: [Int]? =
            switch digits.count - area {
            case 5: [3, 2]
            case 6: [2, 2, 2]
            case 7: [3, 2, 2]
            case 8: [3, 3, 2]
            default: nil
            }
        return groups.map { digits.prefix(area) + "-" + split(String(digits.dropFirst(area)), $0) }
    }

    /// Swedish area codes of two digits after the zero, and those of mobile telephones (PTS, the numbering plan).
    private static let shortAreas: Set<String> = [
        "010", "011", "013", "016", "018", "019", "020", "021", "023", "026", "031", "033", "035", "036", "040", "042",
        "044", "046", "054", "060", "063", "070", "072", "073", "076", "077", "079", "090",
    ]

    private static func split(_ digits: String, _ groups: [Int]) -> String {
        var rest = digits[...]
        return groups.map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: " ")
    }
}
