import Database
import Domain

/// Puts right who somebody was and how to reach them, once it is known (R3.7). What was mailed before stays as it was;
/// what comes after goes to the new address, also about what the same person wrote in other contacts about these cases:
/// each answer of theirs is one.
struct CorrectContact {
    static let routes: [Route] = [
        .form(
            .post, .contactPerson, for: .staff(nil), form: "person", show: ShowContact.page
        ) { visit, op in
            guard try isAllowed(to: op.user) else { throw Refusal.forbidden }
            let contact = try VisibleContact(try visit.id("contact"), in: op).contact
            if contact.erasure != nil { throw CaseRefusal.erased }
            var input = InputReader(form: visit.form)
            var person = contact.person
            person.name = input.line("name", max: 200)
            person.email = input.email("email")
            person.phone = input.phone("phone")
            person.wantsUpdates = input.flag("wants_updates")
            if op.outbox.tellsBySMS {
                person.bySMS = input.flag("by_sms")
                input.checkTexting(person, in: op)
            }
            try input.finish()
            try CorrectContact(of: contact.id, from: contact.person, to: person, in: op).perform(in: op)
            return .redirect(op.paths(.contact, contact.id), flash: "contact_corrected")
        }
    ]

    private let contact: ID<Contact>
    private let person: Person
    private let before: Person
    /// The contacts that are corrected, this one first.
    private let same: [(contact: ID<Contact>, person: Person)]
    /// The cases they are about, locked until the transaction ends.
    private let cases: [Case]
    /// Those of them that this contact is about.
    private let own: Set<ID<Case>>
    /// Those that whoever corrects it may see, before anything else is done to them.
    private let seen: Set<ID<Case>>

    /// Throws when somebody else has to do it: an address that leads to a confidential case is changed only by those who
    /// may read the case. What they are told says no more than that, and that they were told is recorded: it is refused
    /// for nothing else.
    ///
    /// - Parameter field: the one beside which it is told; nil for the form as a whole.
    init(
        of contact: ID<Contact>, from before: Person, to person: Person, naming field: String? = nil, in op: Operation
    ) throws {
        (self.contact, self.before, self.person) = (contact, before, person)
        own = Set(try Self.cases(of: [contact], in: op).map(\.id))
        let others = try own.flatMap { try op.outbox.reporters(of: $0, samePersonAs: contact) }
            .filter { $0.contact != contact }
        let known = Dictionary(others.map { ($0.contact, $0.person) }, uniquingKeysWith: { first, _ in first })
        same = [(contact, before)] + known.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        cases = try Self.cases(of: same.map(\.contact), in: op)
        seen = Set(try op.cases.load(Set(cases.map(\.id)), in: op.scope).keys)
        let kept = cases.filter(op.cases.isKept)
        guard case .user = op.actor, !kept.isEmpty else { return }
        // Sent as it stands there is nothing to refuse, else it could be tried in silence, contact by contact. Who does not
        // read the address is refused all the same: they would learn that they had guessed it.
        if person == before && !seen.isDisjoint(with: own) { return }
        for subject in kept { op.noteRefused(subject) }
        throw InputErrors([
            op.cases.centrePhone.map { FieldError(field: field, code: "contact_kept", values: ["phone": $0]) }
                ?? FieldError(field: field, code: "contact_kept.no_phone")
        ])
    }

    /// - Returns: the cases whose history tells of it.
    @discardableResult
    func perform(in op: Operation) throws -> Set<CaseNumber> {
        if person == before { return [] }
        for (contact, stored) in same {
            let person = stored.corrected(from: before, to: person, in: op.municipality.country)
            let isMoved = person.email != stored.email || person.phone != stored.phone
            let giver: SQL = isMoved ? ", addressed_by = \(op.actor.userID)" : ""
            try op.tx.run(
                """
                UPDATE contacts SET name = \(person.name), email = \(person.email?.description),
                    phone = \(person.phone?.description), phone_key = \(op.contacts.lookupKey(of: person.phone)),
                    wants_updates = \(person.wantsUpdates), by_sms = \(person.bySMS)\(giver)
                WHERE municipality = \(op.tenant) AND id = \(contact) AND erasure_id IS NULL
                """)
            // What the same person wrote at other times follows by itself.
            try (contact == self.contact ? op : op.acting(as: .system)).recordCorrection(of: contact)
        }
        for found in cases {
            let named =
                own.contains(found.id)
                ? contact
                : try op.contacts.load(of: found.id).map(\.id).first { id in same.contains { $0.contact == id } }
            // Also of cases that whoever corrects it may not see: they are about the same person. Those who see these are
            // not told who it was: the name of somebody at child protection says what else the person has to do with us.
            let op = seen.contains(found.id) ? op : op.acting(as: .system)
            try op.cases.change(found.number, in: .everything) {
                try $0.correctContact(named ?? contact)
            }
        }
        return Set(cases.map(\.number))
    }

    private static func cases(of contacts: [ID<Contact>], in op: Operation) throws -> [Case] {
        try op.tx.rows(
            """
            SELECT * FROM cases WHERE municipality = \(op.tenant) AND id IN (SELECT case_id FROM questions
                WHERE municipality = \(op.tenant) AND contact_id IN \(list: contacts))
            ORDER BY id\(op.tx.dialect.forUpdate)
            """
        ).map(Case.init)
    }

    /// Whoever talks with citizens.
    private static func isAllowed(to user: User) -> Bool { user.may(.registerContacts) || user.may(.handleCases) }

    /// Nil for somebody who may not.
    static func form(for contact: Contact, _ visit: Visit, in op: Operation) throws -> Form? {
        guard try isAllowed(to: op.user), contact.erasure == nil else { return nil }
        return Form(
            contact.person, url: op.paths(.contactPerson, contact.id), words: op.words,
            asksForSMS: op.outbox.tellsBySMS,
            returned: visit.returnedForm == "person" ? visit.form : nil)
    }

    /// What was wrong with what was sent; nil when nothing was. Without what the contact holds.
    static func returned(_ visit: Visit, _ op: Operation) -> Form? {
        guard visit.returnedForm == "person" else { return nil }
        return Form(Person(), url: "", words: op.words, returned: visit.form)
    }

    /// On the contact's page.
    struct Form {
        var form: ActionForm
        var summary: ErrorSummary?

        /// - Parameter returned: what was sent with it, when it came back with errors.
        init(_ person: Person, url: String, words: Words, asksForSMS: Bool = false, returned: FormInput?) {
            let fields = FormFields(words: words, form: "register", input: returned ?? .init(), idPrefix: "person-")
            form = ActionForm(
                id: "person", title: words("contact.correct"), url: url,
                fields: [
                    fields.line("name", value: person.name ?? ""),
                    fields.line("email", type: "email", value: person.email?.description ?? ""),
                    fields.line("phone", type: "tel", value: person.phone?.description ?? ""),
                    fields.check("wants_updates", checked: person.wantsUpdates),
                ] + (asksForSMS ? [fields.check("by_sms", checked: person.bySMS)] : []), submit: words("form.save"),
                isOpen: returned != nil)
            summary = fields.summary
        }
    }
}

extension Operation {
    /// Writes down that a contact was corrected, when what is right is stored.
    fileprivate func recordCorrection(of id: ID<Contact>) throws {
        try history.append(.corrected, about: id, id: newID(of: ContactEvent.self).rawValue, at: now)
        for contact in try contacts.load([id]) {
            try history.carryOut(.corrected, of: contact, cases: try cases.load(Set(contact.cases), in: .everything))
        }
    }
}
