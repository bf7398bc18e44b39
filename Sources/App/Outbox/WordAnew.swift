import Database
import Domain

/// A case may become confidential after a message about it was put into the outbox. What has not left by then is worded
/// anew before it leaves, or does not leave.
extension OutboxMessage {
    /// Whether answers to it are asked for. Of a confidential case nobody shall write about in a mail.
    var isAnswerable: Bool { !(isNeutral && caseID != nil) }

    /// Whether what it says may not be said any more.
    func tellsOfConfidential(in op: Operation) throws -> Bool {
        guard !isNeutral else { return false }
        let found: Int?
        if let caseID {
            found = try op.tx.value(
                "SELECT 1 FROM cases WHERE municipality = \(op.tenant) AND id = \(caseID) AND is_confidential = 1")
        } else {
            found = try op.tx.value(
                """
                SELECT 1 FROM outbox_subjects JOIN cases
                    ON cases.municipality = outbox_subjects.municipality AND cases.id = outbox_subjects.case_id
                WHERE outbox_subjects.municipality = \(op.tenant) AND outbox_subjects.message_id = \(id)
                    AND cases.is_confidential = 1 LIMIT 1
                """)
        }
        return found != nil
    }

    /// Puts neutral words in the place of those that may not be said any more.
    ///
    /// - Returns: false for a mail that is withheld: there is nothing that it could say.
    mutating func sayNothingConfidential(in op: Operation) throws -> Bool {
        guard try tellsOfConfidential(in: op) else { return true }
        let said = try caseID == nil ? gathered(in: op) : neutral(in: op)
        guard let said else {
            try op.tx.run(
                """
                UPDATE outbox SET state = 'failed', attempts = \(attempts), lease_until = NULL,
                    fault = \("withheld: the case has become confidential, and the contractor does not have it any more")
                WHERE municipality = \(op.tenant) AND id = \(id)
                """)
            return false
        }
        (subject, body, name, isNeutral) = (said.subject, OutboxFacade.withoutGaps(said.body), nil, true)
        try op.tx.run(
            """
            UPDATE outbox SET subject = \(subject), body = \(body), name = NULL, is_neutral = 1
            WHERE municipality = \(op.tenant) AND id = \(id)
            """)
        return true
    }

    /// As it would be worded had the case been confidential from the beginning.
    private func neutral(in op: Operation) throws -> (subject: String, body: String)? {
        guard let caseID, let subject = try op.cases.load([caseID], in: .everything)[caseID] else { return nil }
        let reader: CaseMessage.Reader
        switch (kind.audience, contact) {
        case (_, let contact?): reader = .citizen(contact)
        case (.contractor, nil):
            // Whoever no longer has the case is told nothing about it.
            guard subject.contractor != nil else { return nil }
            // The key of the link stands nowhere but in the mail that brings it.
            let start = op.installation.settings.publicURL + op.paths.beginning(of: .contractorCase)
            reader = .contractor(
                link: body.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix(start) }.map(String.init))
        case (.citizen, nil), (.colleague, nil): reader = .colleague
        }
        // What a citizen was to be told first they are told still.
        let warned = body.hasPrefix(op.installation.words(language)("emergency.heading"))
        let message = CaseMessage(
            kind: kind, medium: medium, reader: reader, address: address, name: nil, language: language,
            isWarning: contact != nil && (warned || subject.isUnacknowledgedAcute))
        return op.outbox.neutralWords(message, about: subject)
    }

    /// Of a mail that gathers many cases only where to read them.
    private func gathered(in op: Operation) -> (subject: String, body: String) {
        let words = op.installation.words(language)
        let isReport = [.reportOpen, .reportOverdue, .reportLeader].contains(kind)
        let family = isReport ? "report" : kind.rawValue
        let path = isReport ? op.paths(.reports) : op.paths(.alerts)
        let values = [
            "link": op.installation.settings.publicURL + path, "municipality": op.municipality.name,
        ]
        let key = ["mail.confidential." + family, "mail.confidential.alerts"].first { words.has($0 + ".body") } ?? ""
        return (words(key + ".subject", values), words(key + ".body", values))
    }
}
