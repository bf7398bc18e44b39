import Database
import Domain

extension Operation {
    /// Tells whoever has been given a case: its handler, else who receives for the unit, or who stands in for them today,
    /// else the unit's own mailbox
    /// (R3.1, R1.10). Nobody is told of what they did themselves.
    ///
    /// - Parameters:
    ///   - note: what the one who passed it on, or the citizen who wrote again, wants to say.
    ///   - more: further values for the words, in the receiver's language.
    ///   - kind: the words are `mail.<kind>.subject` and `mail.<kind>.body`; nil for a case that was passed on.
    func queueStaffMail(
        about subject: Case, because event: ID<CaseEvent>, note: String? = nil, as kind: String? = nil,
        values more: (Words) -> [String: String] = { _ in [:] }
    ) throws {
        let isUrgent = kind == nil && subject.isAcute && subject.acknowledgedAt == nil
        if isUrgent { try tellAtOnce(of: subject, because: event) }
        guard let receiver = receiver(of: subject), receiver.user == nil || receiver.user != actor.userID else {
            return
        }
        let words = installation.words(receiver.language)
        let times = Times(directory.calendar, words, now)
        // A mailbox is no place for what only the unit may read.
        let isSecret = subject.isConfidential
        let values = [
            "number": "\(subject.number)", "unit": directory.name(of: directory.unitInCharge(of: subject)),
            "title": isSecret ? text("mail.confidential", in: receiver.language) : subject.title,
            "message": isSecret ? "" : note ?? "", "deadline": nextDue(subject).map { times.dayAndTime($0.at) } ?? "",
            "municipality": municipality.name,
            "link": installation.settings.publicURL + paths.cases(subject.number),
        ].merging(more(words)) { $1 }
        try queue(
            kind ?? (isUrgent ? "acute" : "passed_on"), values, to: receiver.address, name: receiver.name,
            language: receiver.language, about: subject, because: event)
    }

    private struct Receiver {
        var address: String
        var name: String
        var language: String
        /// Nil for a mailbox that several read.
        var user: ID<User>?
    }

    /// Whoever does the work today: whoever is away is stood in for (R4.5). Nil when neither they nor the unit have an
    /// address: then only the work list tells.
    private func receiver(of subject: Case) -> Receiver? {
        let unit = directory.units[directory.unitInCharge(of: subject)]
        let today = directory.calendar.timeZone.day(of: now)
        if let user = directory.responsible(for: subject, on: today).flatMap({ directory.people[$0]?.user }),
            let address = user.email
        {
            return Receiver(
                address: address, name: user.name, language: user.language ?? municipality.language, user: user.id)
        }
        guard let unit, let address = unit.email else { return nil }
        return Receiver(address: address, name: unit.name, language: municipality.language, user: nil)
    }
}
