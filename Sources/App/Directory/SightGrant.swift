import Database
import Domain

/// A `SightGain` as it is stored: from what it follows, and what became of it.
struct SightGrant: Sendable {
    let id: ID<SightGrant>
    /// All that one person gains by one change is decided together, as far as the same people may.
    let change: ID<SightChange>
    var person: ID<User>
    /// Nil: saying yes for others.
    var unit: ID<Unit>?
    var cause: Cause
    var wantedBy: ID<User>
    var wantedAt: Instant
    var state: State
    var decidedBy: ID<User>?
    var decidedAt: Instant?

    /// Raw values stand in the words.
    enum Cause: String, Sendable, CaseIterable, SQLConvertible {
        case member, leader
        /// The unit has come to lie below one that they lead.
        case below
        /// The account was closed, and is open again.
        case reopened
        /// Somebody else set their password and could be them.
        case password
        /// Their roles let them manage people, which they could not before.
        case role
    }

    enum State: String, Sendable, CaseIterable, SQLConvertible {
        case waiting, confirmed, refused
        /// There is nothing to say yes to any more: they have left the unit.
        case withdrawn
    }

    var gain: SightGain { SightGain(person: person, unit: unit, changer: wantedBy) }

    /// What is not confirmed and therefore withheld, the oldest first.
    static func open(of municipality: ID<Municipality>, in tx: Transaction) throws -> [SightGrant] {
        try tx.rows(
            """
            SELECT * FROM sight_grants WHERE municipality = \(municipality) AND state IN ('waiting', 'refused')
            ORDER BY id
            """
        ).map(SightGrant.init)
    }

    init(_ row: Row) throws {
        id = try row["id"]
        change = try row["change_id"]
        person = try row["user_id"]
        unit = try row["unit_id"]
        cause = try row["cause"]
        wantedBy = try row["wanted_by"]
        wantedAt = try row["wanted_at"]
        state = try row["state"]
        decidedBy = try row["decided_by"]
        decidedAt = try row["decided_at"]
    }

    init(_ gain: SightGain, _ cause: Cause, by changer: ID<User>, in change: ID<SightChange>, _ op: Operation) {
        id = op.newID()
        self.change = change
        person = gain.person
        unit = gain.unit
        self.cause = cause
        wantedBy = changer
        wantedAt = op.now
        state = .waiting
    }

    /// False when the same already waits because of the same changer.
    func insert(in op: Operation) throws -> Bool {
        try op.tx.run(
            """
            INSERT INTO sight_grants (municipality, id, change_id, user_id, unit_id, cause, wanted_by, wanted_at, state)
            VALUES (\(op.tenant), \(id), \(change), \(person), \(unit), \(cause), \(wantedBy), \(wantedAt), 'waiting')
            ON CONFLICT DO NOTHING
            """) > 0
    }

    func settle(as state: State, by decider: ID<User>?, in op: Operation) throws {
        try op.tx.run(
            """
            UPDATE sight_grants SET state = \(state), decided_by = \(decider), decided_at = \(op.now)
            WHERE municipality = \(op.tenant) AND id = \(id)
            """)
        if state == .confirmed { try op.accounts.settlePassword(of: person, setBy: wantedBy) }
    }
}

/// What somebody does at one time by which one person gains sight.
enum SightChange {}

extension Directory {
    func isSystemOwner(_ user: ID<User>) -> Bool { systemOwners.contains { $0.id == user } }

    /// Those who may say yes or no: the unit's leaders first.
    func secondPeople(for gain: SightGain) -> [User] {
        let able = activePeople.filter { people[$0.id]?.asSecondPerson.refusal(toDecide: gain) == nil }
        let leads = { (user: User) in gain.unit.map { self.people[user.id]?.leads.contains($0) == true } ?? false }
        return able.filter(leads) + able.filter { !leads($0) }
    }

    /// Whether anything that would let the person see or decide more waits for a second person.
    func waits(_ person: ID<User>) -> Bool { grants.contains { $0.person == person } }
}
