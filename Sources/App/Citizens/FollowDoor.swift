import Database
import Domain

/// A confidential case, and the contact of somebody who has shown no more than a link, or number and address. Mailboxes
/// are read by others, so something is asked for that went another way: a code by text message, or an agreed word.
struct FollowDoor: Sendable {
    let shown: Case
    let contact: ID<Contact>
    let person: Person
    /// Hashes of the words that were agreed with the person, by the contact in which they were.
    private let words: [(contact: ID<Contact>, hash: String)]

    /// Nil when the contact has nothing to do with the case any more.
    init?(_ shown: Case, _ contact: ID<Contact>, in op: Operation) throws {
        // Who has written twice is one person, whichever of the links they came by. What was joined from outside leads
        // nowhere: whoever joined it may have made up both address and word.
        let same = try op.outbox.reporters(of: shown.id, samePersonAs: contact)
        guard let own = same.first(where: { $0.contact == contact }) else { return nil }
        self.shown = shown
        self.contact = contact
        person = own.person
        words = try op.tx.rows(
            """
            SELECT id, word_hash FROM contacts
            WHERE municipality = \(op.tenant) AND word_hash IS NOT NULL AND id IN \(list: same.map(\.contact))
            """
        ).map { (try $0["id"], try $0["word_hash"]) }
    }

    var hasWord: Bool { !words.isEmpty }

    /// Where a code can go; nil where the link itself goes to the telephone, since that would be the same way.
    func codePhone(in op: Operation) -> String? { op.citizens.codePhone(of: person) }

    /// Whether a code or a word is right. Wrong ones are counted.
    ///
    /// Throws `throttled` for whoever has to wait.
    func opens(with typed: String, from visit: Visit, in op: Operation) throws -> Bool {
        let (place, isKnown) = try place(of: visit, in: op)
        let own = "\(contact) \(place.stored)"
        try Throttle.opening.check(own, in: op)
        var isRight = try FollowCode.opens(typed, self, from: visit, in: op)
        if !isRight, let word = AgreedWord(typed) {
            if !isKnown { try Throttle.openingAnywhere.check("\(contact)", in: op) }
            isRight = words.contains { Secret.isSame($0.hash, op.citizens.hash(of: word, for: $0.contact)) }
            if !isRight, !isKnown { try Throttle.openingAnywhere.count("\(contact)", in: op) }
        }
        try isRight ? Throttle.opening.forget(own, in: op) : Throttle.opening.count(own, in: op)
        return isRight
    }

    /// Whose tries they are: a browser or network from which it has been opened or sent before has its own, so that nobody
    /// keeps the reporter out, not even from their own network.
    func place(of visit: Visit, in op: Operation) throws -> (place: KnownPlace, isKnown: Bool) {
        let known = try KnownPlaces(of: contact).place(of: visit, in: op)
        return (known ?? .network(of: visit, in: op), known != nil)
    }
}

extension CitizenFacade {
    /// Whether there is a gateway for text messages. Without one only an agreed word opens what is confidential, and no
    /// page or letter speaks of a code.
    var sendsCodes: Bool { installation.settings.sms != nil }

    /// Where a code can go; nil where the link itself goes to the telephone, since that would be the same way.
    func codePhone(of person: Person) -> String? {
        guard sendsCodes else { return nil }
        if case .sms = op.outbox.way(to: person) { return nil }
        return person.phone?.textable(in: municipality.country)
    }

    /// How somebody gets into a confidential case that they are a reporter of.
    func wayIn(for person: Person, hasWord: Bool) -> WayIn {
        // Without link, e-mail and telephone there is nothing that the word could go with.
        if hasWord, person.email != nil || person.phone != nil { return .word }
        return codePhone(of: person) == nil ? .nothing : .code
    }

    /// Keyed, not slow: it is compared within the transaction, and the answer must take no longer where there is a word.
    /// Whoever has the database has what the word protects.
    func hash(of word: AgreedWord, for contact: ID<Contact>) -> String {
        installation.secret.signature(of: "\(tenant).\(contact).\(word.folded)", for: "follow-word")
    }

    /// Agrees a word, in the place of all before: also of those that were agreed in another contact of the same person
    /// about the case.
    func agree(_ word: AgreedWord, with contact: ID<Contact>, about subject: ID<Case>) throws {
        let same = try op.outbox.reporters(of: subject, samePersonAs: contact).map(\.contact)
        try tx.run("UPDATE contacts SET word_hash = NULL WHERE municipality = \(tenant) AND id IN \(list: same)")
        try tx.run(
            """
            UPDATE contacts SET word_hash = \(hash(of: word, for: contact))
            WHERE municipality = \(tenant) AND id = \(contact)
            """)
        // What was guessed before was guessed at the old one.
        try Throttle.openingAnywhere.forget("\(contact)", in: op)
    }

    func hasWord(_ contact: ID<Contact>) throws -> Bool {
        let found: Int? = try tx.value(
            "SELECT 1 FROM contacts WHERE municipality = \(tenant) AND id = \(contact) AND word_hash IS NOT NULL")
        return found != nil
    }
}
