import Database
import Domain

/// The link by which a contractor comes to one case, without an account. The key stands in the mail alone; what is
/// stored is its hash.
struct ContractorLink: Sendable {
    /// Days that it leads anywhere after something was last sent by it.
    static let days = 30

    /// How it ended.
    enum Outcome: String, Sendable, CaseIterable, SQLConvertible {
        case done
        case handedBack = "handed_back"
        /// By a colleague, while the contractor keeps the case.
        case withdrawn
        /// By a newer link.
        case replaced
        /// The case was passed on to somebody else, or closed.
        case takenBack = "taken_back"
    }

    let id: ID<ContractorLink>
    var subject: ID<Case>
    var contractor: ID<Contractor>
    var keyHash: String
    var createdAt: Instant
    var expiresAt: Instant
    var endedAt: Instant?
    var outcome: Outcome?

    init(_ row: Row) throws {
        id = try row["id"]
        subject = try row["case_id"]
        contractor = try row["contractor_id"]
        keyHash = try row["key_hash"]
        createdAt = try row["created_at"]
        expiresAt = try row["expires_at"]
        endedAt = try row["ended_at"]
        outcome = try row["outcome"]
    }
}

extension ContractorLink {
    /// Writes down what was sent by it, and lets it lead somewhere for another while.
    func note(_ what: String, in op: Operation) throws {
        try visit(what, in: op)
        try op.tx.run(
            """
            UPDATE contractor_links SET expires_at = \(op.now.adding(days: Self.days))
            WHERE municipality = \(op.tenant) AND id = \(id)
            """)
    }

    /// Changes nothing about when it ends: what is only opened may have been opened by a mail filter.
    func noteOpening(in op: Operation) throws { try visit("opened", in: op) }

    private func visit(_ what: String, in op: Operation) throws {
        let visit: ID<ContractorLink> = op.newID()
        try op.tx.run(
            """
            INSERT INTO contractor_visits (municipality, id, link_id, at, what)
            VALUES (\(op.tenant), \(visit), \(id), \(op.now), \(what))
            """)
    }

    /// When it was first and last used; nil when never.
    func visits(in op: Operation) throws -> (first: Instant, last: Instant)? {
        let row = try op.tx.row(
            """
            SELECT min(at) AS first_at, max(at) AS last_at FROM contractor_visits
            WHERE municipality = \(op.tenant) AND link_id = \(id)
            """)
        guard let row, let first: Instant = try row["first_at"], let last: Instant = try row["last_at"] else {
            return nil
        }
        return (first, last)
    }
}

extension ContractorFacade {
    /// The latest link of a case; nil when no contractor ever had it.
    func link(of subject: ID<Case>) throws -> ContractorLink? {
        try tx.row(
            """
            SELECT * FROM contractor_links WHERE municipality = \(tenant) AND case_id = \(subject)
            ORDER BY id DESC LIMIT 1
            """
        ).map(ContractorLink.init)
    }

    func endLinks(of subject: ID<Case>, as outcome: ContractorLink.Outcome) throws {
        try tx.run(
            """
            UPDATE contractor_links SET ended_at = \(now), outcome = \(outcome)
            WHERE municipality = \(tenant) AND case_id = \(subject) AND ended_at IS NULL
            """)
    }

    /// The links of a contractor who does not have the case any more end with the change that took it from them.
    func endLinks(of changed: Case, since before: Case, because kinds: [CaseEvent.Kind]) throws {
        guard before.contractor != nil, changed.contractor != before.contractor else { return }
        let outcome: ContractorLink.Outcome =
            kinds.contains(.contractorDone) ? .done : kinds.contains(.contractorHandedBack) ? .handedBack : .takenBack
        try endLinks(of: changed.id, as: outcome)
    }
}
