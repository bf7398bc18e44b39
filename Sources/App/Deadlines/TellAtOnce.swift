import Database
import Domain

extension AlertFacade {
    /// Tells of an acute case at any hour: by the bell and, where there is a gateway, on the telephone, if it takes text
    /// messages (R1.10). The mail goes with `queueStaffMessage`.
    func tellAtOnce(_ addressee: Addressee, of subject: Case, because event: ID<CaseEvent>) throws {
        try raise(addressee, about: subject, .acute, now, isMailed: true)
        let reader = directory.reader(of: addressee)
        guard installation.settings.sms != nil,
            let phone = reader.phone.flatMap(PhoneNumber.init)?.textable(in: municipality.country)
        else { return }
        let language = reader.language ?? municipality.language
        let message = CaseMessage(
            kind: .acute, medium: .sms, reader: .colleague, address: phone, name: reader.name, language: language)
        try op.outbox.queue(message, about: subject, because: event) {
            let text = installation.words(language)(
                "sms.acute",
                [
                    "number": "\(subject.number)", "unit": directory.name(of: directory.unitInCharge(of: subject)),
                    "link": installation.settings.publicURL + paths(.case, subject.number),
                ])
            return ("", text)
        }
    }
}

extension Directory {
    /// How to reach whoever an alert is for.
    fileprivate func reader(of addressee: Addressee) -> (name: String?, phone: String?, language: String?) {
        switch addressee {
        case .user(let id): (people[id]?.user.name, people[id]?.phone, people[id]?.user.language)
        case .unit(let id): (units[id]?.name, units[id]?.phone, nil)
        case .contractor(let id): (contractors[id]?.name, contractors[id]?.phone, nil)
        }
    }
}
