import Domain

/// Whom to call first, before and after something acute is reported: Torg is not read around the clock (R1.9, R1.10).
struct EmergencyCall: Sendable {
    var heading: String
    var text: String
    var numbers: [Number]

    struct Number: Sendable {
        /// As it is shown.
        var text: String
        /// For a `tel:` link.
        var phone: String
    }

    /// Three to fifteen digits, as people group them.
    static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.count { (0x30...0x39).contains($0) }
        return (3...15).contains(digits)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x20 || $0 == 0x2B }
    }
}

extension Operation {
    /// - Parameters:
    ///   - category: which may have a number of its own.
    ///   - next: what else is to be said.
    func emergencyCall(about category: Category?, next: String? = nil) -> EmergencyCall {
        let numbers = category?.emergencyNumber.map { [$0] } ?? municipality.country.emergencyNumbers
        return EmergencyCall(
            heading: words("emergency.heading"),
            text: [call(about: category, words), words("emergency.watch"), next].compactMap(\.self).joined(
                separator: " "),
            numbers: numbers.map { .init(text: $0, phone: $0.filter { $0 != " " }) })
    }

    /// The same in a line, for mails and for whoever has the caller on the line.
    func emergencyLine(about category: Category?, in language: String) -> String {
        let words = installation.words(language)
        return words("emergency.heading") + " " + call(about: category, words)
    }

    /// Nil for a case that is not acute or that somebody has in hand.
    func emergencyLine(about subject: Case, in language: String) -> String? {
        guard subject.isUnacknowledgedAcute else { return nil }
        return emergencyLine(about: directory.category(subject.category), in: language)
    }

    private func call(about category: Category?, _ words: Words) -> String {
        if let number = category?.emergencyNumber { return words("emergency.call.number", ["number": number]) }
        return words("emergency.call." + municipality.country.rawValue)
    }
}
