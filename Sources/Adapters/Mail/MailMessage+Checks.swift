extension MailMessage {
    /// Refuses whatever would turn into something else on its way through a mail server.
    func check() throws(MailMessageError) {
        try Self.checkLine(subject, "Subject")
        try Self.checkLine(from.name, "From")
        try Self.checkLine(to.name, "To")
        try Self.checkLine(replyTo?.name, "Reply-To")
        try Self.checkID(messageID, "Message-ID")
        if let inReplyTo { try Self.checkID(inReplyTo, "In-Reply-To") }
        for id in references { try Self.checkID(id, "References") }
        guard 0...253_402_300_799_999 ~= date else { throw .date }
        if let language, !Self.isLanguageTag(language) { throw .language }
        for header in headers { try Self.checkHeader(header) }
    }

    /// Control characters, and Unicode's own line and paragraph separators, which some readers take for line breaks.
    private static func checkLine(_ line: String?, _ field: String) throws(MailMessageError) {
        guard let line else { return }
        for scalar in line.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: throw .controlCharacter(field: field)
            default: continue
            }
        }
    }

    private static func checkID(_ id: String, _ field: String) throws(MailMessageError) {
        try checkLine(id, field)
        let halves = id.split(separator: "@", omittingEmptySubsequences: false)
        let plain = id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()[]\\,:;\"".utf8.contains($0) }
        guard plain, id.utf8.count <= 250, halves.count == 2, halves.allSatisfy({ !$0.isEmpty }) else {
            throw .messageID(field: field)
        }
    }

    private static func isLanguageTag(_ tag: String) -> Bool {
        tag.utf8.count <= 35
            && tag.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { subtag in
                1...8 ~= subtag.utf8.count && subtag.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            }
    }

    private static func checkHeader(_ header: Header) throws(MailMessageError) {
        let name = header.name.lowercased()
        let isName =
            1...60 ~= name.utf8.count && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        guard isName, !ownHeaders.contains(name), !name.hasPrefix("content-"), !name.hasPrefix("resent-") else {
            throw .headerName(String(header.name.prefix(60)))
        }
        try checkLine(header.value, header.name)
        // Folding is possible at spaces only, and a URL, say, must not get one: it either fits or is refused.
        guard header.value.split(separator: " ").allSatisfy({ $0.utf8.count <= 900 }) else {
            throw .headerValue(header.name)
        }
    }

    private static let ownHeaders: Set = [
        "from", "to", "cc", "bcc", "sender", "reply-to", "subject", "date", "message-id", "in-reply-to", "references",
        "mime-version", "return-path", "received",
    ]
}
