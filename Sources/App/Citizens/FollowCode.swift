import Database
import Domain

/// A code of six digits that opens a confidential case for its reporter. It goes by text message where the link went by
/// mail. It stands nowhere: it is worked out when the message leaves, and again when it is typed.
enum FollowCode {
    /// What the installation's secret makes of it is for nothing else.
    private static let purpose = "follow_code"
    static let length = 6
    /// Milliseconds.
    static let lifetime: Int64 = 10 * 60_000
    /// Wrong ones until the code is worth nothing: so many where it was asked for, and so many from everywhere else
    /// together, so that nobody elsewhere takes it from who asked for it.
    static let mostTries = 5

    /// Throws `throttled` when there were enough of them for now, from that place or for the telephone.
    static func send(to phone: String, for door: FollowDoor, from visit: Visit, in op: Operation) throws {
        let (place, isKnown) = try door.place(of: visit, in: op)
        let all = isKnown ? Throttle.followCodeKnown : .followCodeAnywhere
        let counters = [(Throttle.followCode, "\(door.contact) \(place.stored)"), (all, phone)]
        for (throttle, subject) in counters { try throttle.check(subject, in: op) }
        for (throttle, subject) in counters { try throttle.count(subject, in: op) }
        let id: ID<FollowCode> = op.newID()
        try op.tx.run(
            """
            INSERT INTO follow_codes (municipality, id, case_id, contact_id, place, nonce, created_at, expires_at)
            VALUES (\(op.tenant), \(id), \(door.shown.id), \(door.contact), \(place.stored),
                \(Secret.random(bytes: 16)), \(op.now), \(op.now.adding(milliseconds: lifetime)))
            """)
        let language = door.person.language ?? op.municipality.language
        let words = op.installation.words(language)
        // Not about a case, for whoever reads the outbox; and with the place of the code instead of the code.
        let message = MessageWords(
            occasion: occasion(id), subject: words("sms.code.subject"),
            body: words("sms.code", ["municipality": op.municipality.name]))
        _ = try OutgoingMessage(words: message, medium: .sms, kind: .followCode, address: phone, language: language)
            .put(in: op)
    }

    private static func occasion(_ id: ID<FollowCode>) -> String { "code:\(id)" }

    /// The code that a message in the outbox brings; nil when it is too old to be of use.
    static func code(of mail: OutboxMessage, in op: Operation) throws -> String? {
        guard let id = mail.occasion.flatMap({ ID<FollowCode>(text: String($0.dropFirst("code:".count))) }) else {
            return nil
        }
        let row = try op.tx.row(
            """
            SELECT id, nonce FROM follow_codes
            WHERE municipality = \(op.tenant) AND id = \(id) AND used_at IS NULL AND expires_at > \(op.now)
            """)
        return try row.map { try code($0, in: op) }
    }

    private static func code(_ row: Row, in op: Operation) throws -> String {
        let id: ID<FollowCode> = try row["id"]
        let nonce: String = try row["nonce"]
        return op.installation.secret.digits(length, of: "\(op.tenant).\(id).\(nonce)", for: purpose)
    }

    /// Whether what was typed is a code that still holds. Each opens once; a wrong one counts against all that hold.
    static func opens(_ typed: String, _ door: FollowDoor, from visit: Visit, in op: Operation) throws -> Bool {
        let digits = typed.filter { !$0.isWhitespace }
        guard digits.utf8.count == length, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        let here = KnownPlace.all(of: visit, in: op).map(\.stored)
        let rows = try op.tx.rows(
            """
            SELECT id, nonce FROM follow_codes
            WHERE municipality = \(op.tenant) AND contact_id = \(door.contact) AND case_id = \(door.shown.id)
                AND used_at IS NULL AND expires_at > \(op.now)
                AND CASE WHEN place IN \(list: here) THEN tries ELSE tries_elsewhere END < \(mostTries)
            ORDER BY id\(op.tx.dialect.forUpdate)
            """)
        let ids: [ID<FollowCode>] = try rows.map { try $0["id"] }
        let right = try zip(ids, rows).first { try Secret.isSame(digits, code($0.1, in: op)) }?.0
        if let right {
            try op.tx.run(
                "UPDATE follow_codes SET used_at = \(op.now) WHERE municipality = \(op.tenant) AND id = \(right)")
            return true
        }
        try op.tx.run(
            """
            UPDATE follow_codes SET tries = tries + CASE WHEN place IN \(list: here) THEN 1 ELSE 0 END,
                tries_elsewhere = tries_elsewhere + CASE WHEN place IN \(list: here) THEN 0 ELSE 1 END
            WHERE municipality = \(op.tenant) AND id IN \(list: ids)
            """)
        return false
    }
}
