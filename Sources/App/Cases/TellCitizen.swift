import Domain

/// Writes down how somebody was told whom no message reached: of the last step, and of what did not arrive (R4.1).
struct TellCitizen: CaseUseCase {
    static let path = "told"
    static let flash = "told"
    static let permission = Permission.handleCases

    var telling: Telling
    /// Whose; nil for all who have not heard.
    var contact: ID<Contact>?

    init(_ input: inout InputReader, in op: Operation) throws {
        let how = input.line("how", max: 40, required: true)
        telling = input.telling(how, prefix: "", in: op) ?? Telling(.other, at: op.now)
        contact = input.id("contact", of: Contact.self)
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        let subject = try op.cases.load(number, in: try op.scope)
        let step = try op.cases.lastStep(of: subject.id)
        let before = try op.cases.listeners(of: subject.id, hearing: step?.event)
        if let contact, !before.contains(where: { $0.contacts.contains(contact) }) {
            throw InputErrors("contact", "unknown")
        }
        // Who was told with nobody named: also those who have been held back from the case since.
        let meant = contact.flatMap { contact in before.first { $0.contacts.contains(contact) }?.contacts }
        let missed = try op.outbox.missedContacts(of: subject.id).filter { meant?.contains($0) ?? true }
        guard step != nil || !missed.isEmpty else { throw CaseRefusal.nothingToTell }
        // A message of which nobody has to hear may have been missed by somebody who knows of the last step.
        let heard = step == nil ? nil : try before.hearing(telling, only: contact, missed: missed)
        try op.outbox.settleMissed(missed, of: subject.id)
        try op.cases.change(number, version: version) { changed in
            do {
                let last = step.flatMap { step in heard.map { (step.step, Told($0)) } }
                return try changed.tell(telling, contact, heard: last, at: op.now)
            } catch CaseRefusal.toldTooEarly {
                throw InputErrors("at", CaseRefusal.toldTooEarly.rawValue)
            }
        }
        guard let step, let heard else { return }
        try op.cases.store(zip(before, heard).compactMap { $0 == $1 ? nil : $1 }, of: step.event)
    }
}
