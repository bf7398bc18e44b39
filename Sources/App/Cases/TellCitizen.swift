import Domain

/// Writes down how somebody was told of the last step, whom no message reached (R4.1).
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
        let subject = try op.loadCase(number, in: try op.scope)
        guard let (step, kind) = try op.lastStep(of: subject.id) else { throw CaseRefusal.nothingToTell }
        let before = try op.listeners(of: subject.id, hearing: step)
        if let contact, !before.contains(where: { $0.contacts.contains(contact) }) {
            throw InputErrors("contact", "unknown")
        }
        let heard = try before.hearing(telling, only: contact)
        try op.change(number, version: version) { changed in
            do {
                return try changed.tell(telling, contact, of: kind, told: Told(heard), at: op.now)
            } catch CaseRefusal.toldTooEarly {
                throw InputErrors("at", CaseRefusal.toldTooEarly.rawValue)
            }
        }
        try op.store(zip(before, heard).compactMap { $0 == $1 ? nil : $1 }, of: step)
    }
}
