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
        guard let own = try op.reporters(of: shown.id).first(where: { $0.contact == contact }) else { return nil }
        self.shown = shown
        self.contact = contact
        person = own.person
        // Who has written twice is one person, whichever of the links they came by.
        words = try op.tx.rows(
            """
            SELECT id, word_hash FROM contacts WHERE municipality = \(op.tenant) AND word_hash IS NOT NULL AND (
                id = \(contact) OR (id IN (
                    SELECT contact_id FROM questions WHERE municipality = \(op.tenant) AND case_id = \(shown.id))
                AND (email = \(person.email?.description) OR phone_key = \(op.lookupKey(of: person.phone)))))
            """
        ).map { (try $0["id"], try $0["word_hash"]) }
    }

    var hasWord: Bool { !words.isEmpty }

    /// Where a code can go; nil where the link itself goes to the telephone, since that would be the same way.
    func codePhone(in op: Operation) -> String? {
        guard op.installation.settings.sms != nil else { return nil }
        if case .sms = op.way(to: person) { return nil }
        return person.phone?.textable(in: op.municipality.country)
    }

    /// Whether a code or a word is right. Wrong ones are counted.
    ///
    /// Throws `throttled` for whoever has to wait.
    func opens(with typed: String, from network: String, in op: Operation) throws -> Bool {
        let own = "\(contact) \(network)"
        try Throttle.opening.check(own, in: op)
        if try FollowCode.opens(typed, self, in: op) {
            try wasOpened(from: network, in: op)
            return true
        }
        if let word = AgreedWord(typed) {
            let isKnown = try isKnown(network, in: op)
            if !isKnown { try Throttle.openingAnywhere.check("\(contact)", in: op) }
            if words.contains(where: { Secret.isSame($0.hash, op.hash(of: word, for: $0.contact)) }) {
                try wasOpened(from: network, in: op)
                return true
            }
            if !isKnown { try Throttle.openingAnywhere.count("\(contact)", in: op) }
        }
        try Throttle.opening.count(own, in: op)
        return false
    }

    private func wasOpened(from network: String, in op: Operation) throws {
        try Throttle.opening.forget("\(contact) \(network)", in: op)
        try op.noteOpened(contact, from: network)
    }

    private func isKnown(_ network: String, in op: Operation) throws -> Bool {
        let found: Int? = try op.tx.value(
            """
            SELECT 1 FROM follow_networks WHERE municipality = \(op.tenant) AND contact_id = \(contact)
                AND network = \(op.signed(network, for: contact))
            """)
        return found != nil
    }
}

extension Operation {
    /// Keyed, not slow: it is compared within the transaction, and the answer must take no longer where there is a word.
    /// Whoever has the database has what the word protects.
    func hash(of word: AgreedWord, for contact: ID<Contact>) -> String {
        installation.secret.signature(of: "\(tenant).\(contact).\(word.folded)", for: "follow-word")
    }

    /// Agrees a word, in the place of one before.
    func agree(_ word: AgreedWord, with contact: ID<Contact>) throws {
        try tx.run(
            """
            UPDATE contacts SET word_hash = \(hash(of: word, for: contact))
            WHERE municipality = \(tenant) AND id = \(contact)
            """)
        // What was guessed before was guessed at the old one.
        try Throttle.openingAnywhere.forget("\(contact)", in: self)
    }

    func hasWord(_ contact: ID<Contact>) throws -> Bool {
        let found: Int? = try tx.value(
            "SELECT 1 FROM contacts WHERE municipality = \(tenant) AND id = \(contact) AND word_hash IS NOT NULL")
        return found != nil
    }

    fileprivate func signed(_ network: String, for contact: ID<Contact>) -> String {
        installation.secret.signature(of: "\(tenant).\(contact).\(network)", for: "follow-network")
    }

    /// That it was opened, or sent, from this network.
    func noteOpened(_ contact: ID<Contact>, from network: String) throws {
        try tx.run(
            """
            INSERT INTO follow_networks (municipality, contact_id, network, at)
            VALUES (\(tenant), \(contact), \(signed(network, for: contact)), \(now))
            ON CONFLICT (municipality, contact_id, network) DO UPDATE SET at = excluded.at
            """)
    }
}
