extension PhoneNumber {
    /// The number as an SMS gateway takes it, with + and country code (E.164); nil for one that takes no text messages,
    /// as far as its country's numbering plan tells: a land line, a short number.
    ///
    /// People leave the + out, and keep the 0 of home behind the country code. Both are mended where the plans leave no
    /// doubt: no telephone at home has as many digits as one with its country code.
    ///
    /// - Parameter country: whose number it is when no country code says so.
    public func textable(in country: Country) -> String? {
        if description.hasPrefix("+") {
            for other in Country.allCases where description.hasPrefix(other.callingCode) {
                return Self.mobile(description.dropFirst(other.callingCode.count), other, isAbroad: true)
            }
            return description.count >= 9 ? description : nil
        }
        if let own = Self.mobile(description[...], country, isAbroad: false) { return own }
        for other in [country] + Country.allCases {
            let code = other.callingCode.dropFirst()
            guard description.hasPrefix(code) else { continue }
            return Self.mobile(description.dropFirst(code.count), other, isAbroad: true)
        }
        return nil
    }

    /// With + and country code; nil for no mobile telephone.
    ///
    /// - Parameter isAbroad: whether the digits stood behind a country code, where the 0 of home is left out.
    private static func mobile(_ digits: Substring, _ country: Country, isAbroad: Bool) -> String? {
        var home = String(digits)
        if country == .sweden, isAbroad, !home.hasPrefix("0") { home = "0" + home }
        guard isMobile(home, country) else { return nil }
        return country.callingCode + (country == .sweden ? String(home.dropFirst()) : home)
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

extension Person {
    /// What is wrong when they want to be told by text message, as the code of an error at the telephone number; nil
    /// when nothing is: a number that takes none would mean silence.
    public func textingFault(in country: Country) -> String? {
        guard bySMS else { return nil }
        guard let phone else { return "sms_needs_phone" }
        return phone.textable(in: country) == nil ? "phone_takes_no_sms" : nil
    }
}
