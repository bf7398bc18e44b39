import Database
import Domain

extension OutboxFacade {
    /// Tells whoever has been given a case: its handler, else who receives for the unit, or who stands in for them today,
    /// else the unit's own mailbox (R3.1). Of what is acute both are told, handler and receiver, and at once (R1.10).
    /// Nobody is told of what they did themselves.
    ///
    /// - Parameter note: what the one who passed it on, or the citizen who wrote again, wants to say.
    func queueStaffMessage(
        _ mail: StaffMessage, about subject: Case, because event: ID<CaseEvent>, note: String? = nil
    ) throws {
        let isUrgent = mail == .passedOn && subject.isUnacknowledgedAcute
        let addressees =
            isUrgent
            ? directory.toldAtOnce(of: subject, on: today) : [directory.addressee(.handler, of: subject, on: today)]
        for addressee in addressees {
            if case .user(let user) = addressee, user == actor.userID { continue }
            if isUrgent { try op.alerts.tellAtOnce(addressee, of: subject, because: event) }
            guard let receiver = receiver(addressee, of: subject) else { continue }
            try queue(
                isUrgent ? .acute : mail.kind, to: receiver, about: subject, because: event, note: note,
                values: { values(of: mail, in: $0) })
        }
    }

    private func queue(
        _ kind: MessageKind, to receiver: Receiver, about subject: Case, because event: ID<CaseEvent>, note: String?,
        values more: (Words) -> [String: String]
    ) throws {
        let message = CaseMessage(
            kind: kind, reader: .colleague, address: receiver.address, name: receiver.name,
            language: receiver.language)
        try queue(message, about: subject, because: event) {
            let words = installation.words(receiver.language)
            let times = Times(directory.calendar, words, now)
            let values = [
                "number": "\(subject.number)", "unit": directory.name(of: directory.unitInCharge(of: subject)),
                "title": subject.title, "message": note ?? "",
                "deadline": op.cases.nextDue(subject).map { times.dayAndTime($0.at) } ?? "",
                "municipality": municipality.name,
                "link": installation.settings.publicURL + paths(.case, subject.number),
            ].merging(more(words)) { $1 }
            return (
                op.text(kind.subjectKey, in: receiver.language, values),
                op.text(kind.bodyKey, in: receiver.language, values)
            )
        }
    }

    /// Beside those that every mail about a case has.
    private func values(of mail: StaffMessage, in words: Words) -> [String: String] {
        switch mail {
        case .passedOn, .reopened, .citizenWrote, .contactJoined: return [:]
        case .contracted(let contractor): return ["contractor": directory.name(of: contractor)]
        case .contractorDid(let step, let contractor):
            let name = directory.name(of: contractor)
            return ["contractor": name, "state": words("contractor.did." + step.rawValue, ["contractor": name])]
        }
    }

    private struct Receiver {
        var address: String
        var name: String
        var language: String
    }

    /// Nil when neither they nor the unit have an address: then only the work list tells.
    private func receiver(_ addressee: Addressee, of subject: Case) -> Receiver? {
        if case .user(let id) = addressee, let user = directory.people[id]?.user, let address = user.email {
            return Receiver(address: address, name: user.name, language: user.language ?? municipality.language)
        }
        guard let unit = directory.units[directory.unitInCharge(of: subject)], let address = unit.email else {
            return nil
        }
        return Receiver(address: address, name: unit.name, language: municipality.language)
    }
}

extension StaffMessage {
    fileprivate var kind: MessageKind {
        switch self {
        case .passedOn: .passedOn
        case .contracted: .contracted
        case .reopened: .caseReopened
        case .citizenWrote: .citizenWrote
        case .contactJoined: .contactJoined
        case .contractorDid: .contractorDid
        }
    }
}
