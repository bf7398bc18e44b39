extension PhoneNumber {
    /// The number as an SMS gateway takes it, with + and country code (E.164); nil for one that takes no text messages,
    /// as far as its country's numbering plan tells: a land line, a short number.
    ///
    /// - Parameter country: whose number it is when no country code says so.
    public func textable(in country: Country) -> String? {
        if description.hasPrefix("+") {
            for other in Country.allCases where description.hasPrefix(other.callingCode) {
                let rest = String(description.dropFirst(other.callingCode.count))
                return Self.isMobile(other == .sweden ? "0" + rest : rest, other) ? description : nil
            }
            return description.count >= 9 ? description : nil
        }
        guard Self.isMobile(description, country) else { return nil }
        return country.callingCode + (country == .sweden ? String(description.dropFirst()) : description)
    }

    /// - Parameter digits: as dialled at home.
    private static func isMobile(_ digits: String, _ country: Country) -> Bool {
        switch country {
        // Mobile telephones begin with 4 or 9 (Nkom, the numbering plan).
        case .norway: digits.count == 8 && "49".contains(digits.prefix(1))
        // Nothing in the number tells a land line from a mobile telephone.
        case .denmark: digits.count == 8
        // 070, 072, 073, 076 and 079 (PTS, the numbering plan).
        case .sweden: digits.count == 10 && ["070", "072", "073", "076", "079"].contains(String(digits.prefix(3)))
        }
    }
}

extension Country {
    /// With the + in front.
    var callingCode: String {
        switch self {
        case .norway: "+47"
        case .denmark: "+45"
        case .sweden: "+46"
        }
    }
}
