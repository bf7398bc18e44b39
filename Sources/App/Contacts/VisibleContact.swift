import Domain

/// A contact as far as somebody may see it (R1.7).
///
/// Who registered it may read it again, but for what went to a confidential case: of that they see only that it is there.
/// Others see what belongs to a case they may see, and what was answered at once if they see all cases; what was
/// answered in a confidential category shows to its unit only.
struct VisibleContact {
    let contact: Contact
    /// Whose words may be shown, or, to whoever registered them, of which it may be told that they are there.
    let questions: [Question]
    /// Those of the cases whose words may be shown.
    let cases: [ID<Case>: Case]
    /// Those of which whoever registered the contact may know no more than that they exist.
    let kept: [ID<Case>: Case]
    /// Those of the cases whose page the reader may open.
    let open: Set<ID<Case>>

    /// Throws `notFound` for a contact that is not there, or of which the reader may see nothing.
    init(_ id: ID<Contact>, in op: Operation) throws {
        guard let found = try Self.load([id], in: op).first else { throw Refusal.notFound }
        self = found
    }

    /// Those of the contacts of which the reader may see something, in the order of the ids.
    static func load(_ ids: [ID<Contact>], in op: Operation) throws -> [VisibleContact] {
        let found = try op.contacts.load(ids, in: try ContactScope(in: op))
        let byID = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let contacts = ids.compactMap { byID[$0] }
        let user = try op.user
        let visible = try op.cases.load(Set(contacts.flatMap(\.cases)), in: op.scope)
        let own = contacts.filter { $0.registeredBy == user.id }.flatMap(\.cases).filter { visible[$0] == nil }
        let known = own.isEmpty ? [:] : try op.cases.load(Set(own), in: .everything)
        let answered = AnsweredSight(of: user, in: op.directory)
        return contacts.map { VisibleContact($0, seen: visible, registered: known, answered, by: user) }
    }

    private init(
        _ contact: Contact, seen: [ID<Case>: Case], registered: [ID<Case>: Case], _ answered: AnsweredSight,
        by user: User
    ) {
        let named = Set(contact.cases)
        let isOwn = contact.registeredBy == user.id
        let visible = seen.filter { named.contains($0.key) }
        let known = isOwn ? visible.merging(registered.filter { named.contains($0.key) }) { seen, _ in seen } : visible
        let kept = known.filter { user.isKeptFrom($0.value) }
        let cases = known.filter { kept[$0.key] == nil }
        self.contact = contact
        open = Set(visible.keys)
        (self.cases, self.kept) = (cases, kept)
        questions = contact.questions.filter { question in
            // That there is more, in cases of others, is told to nobody.
            if let id = question.caseID { return cases[id] != nil || kept[id] != nil }
            return isOwn || answered.has(question)
        }
    }

    /// To be called where the contact is shown, not for lines in lists.
    func noteReadings(in op: Operation) {
        for found in cases.values { op.noteReading(of: found) }
        for kept in kept.values { op.noteReading(of: kept, as: .existence) }
    }
}

extension Contact {
    /// Of its questions; one may stand twice.
    var cases: [ID<Case>] { questions.compactMap(\.caseID) }
}
