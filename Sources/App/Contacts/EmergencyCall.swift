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

extension InputReader {
    /// Throws what was wrong. What tells of something acute also comes back once, with whom to call first, and so does what
    /// something has to be read for first: then nothing is wrong with the form.
    mutating func finish(warnedOf isAcute: Bool, isUnread: Bool = false) throws {
        let isWarned = flag("emergency_seen")
        if !errors.isEmpty || isUnread || (isAcute && !isWarned) { throw InputErrors(errors) }
    }
}

extension ContactFacade {
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

    /// "Call 112 at once.": by the category's own number, else by the country's, whatever the language.
    func whomToCall(about category: Category?, in language: String) -> String {
        call(about: category, installation.words(language))
    }

    /// By its category and its own words, whatever has become of the case.
    func isAcute(_ question: Question) -> Bool { isAcute(question.text, in: question.category) }

    func isAcute(_ text: String, in category: ID<Category>?) -> Bool {
        directory.category(category)?.isAcute == true || soundsAcute(text)
    }

    /// The same in a line, for whoever has the caller on the line and tells them before anything else.
    func emergencyToSay(about category: Category?) -> String {
        words("emergency.say", ["call": emergencyLine(about: category, in: language)])
    }

    /// Whether whoever asked is told whom to call: nobody has the case in hand, or somebody had it before this was told.
    func isUrgent(_ question: Question, of subject: Case, since told: Instant) -> Bool {
        if subject.isUnacknowledgedAcute { return true }
        guard subject.state.isOpen, let acknowledged = subject.acknowledgedAt, acknowledged < told else { return false }
        return isAcute(question)
    }

    private func call(about category: Category?, _ words: Words) -> String {
        if let number = category?.emergencyNumber { return words("emergency.call.number", ["number": number]) }
        return words("emergency.call." + municipality.country.rawValue)
    }
}
