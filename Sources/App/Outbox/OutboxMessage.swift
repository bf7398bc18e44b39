import Database
import Domain

/// A message in the outbox. Its state is its own, apart from the case's.
struct OutboxMessage: Sendable {
    /// How far a message has come.
    enum State: String, Sendable, CaseIterable, SQLConvertible {
        case waiting
        /// A worker has it; nothing has left yet, so it is safe to try again.
        case sending
        /// The text is on its way to the carrier: from here on a repeat could be a second message.
        case handedOver = "handed_over"
        case sent
        /// Refused for good.
        case failed
        /// Handed over, but no answer came. Never sent again by itself; the system manager decides.
        case uncertain
    }

    typealias Medium = CaseFact.Message.Medium

    /// What became of one that did not arrive. Raw values are stored.
    enum Missed: String, Sendable, CaseIterable, SQLConvertible {
        /// Nobody has said yet how the citizen was told.
        case open
        /// Somebody has, or nobody has to.
        case settled
        /// It did after all.
        case arrived
    }

    let id: ID<OutboxMessage>
    /// Nil for a message that gathers alerts of many cases.
    let caseID: ID<Case>?
    /// Of the case's history: what it tells of.
    let event: ID<CaseEvent>?
    /// Which message of which day it is, of one that is not about one case.
    let occasion: String?
    /// Whether its words tell nothing about any case.
    var isNeutral: Bool
    /// Of the citizen who gets it; nil for others.
    let contact: ID<Contact>?
    var medium: Medium
    var kind: MessageKind
    var name: String?
    var address: String
    var language: String
    var subject: String
    var body: String
    var state: State
    var attempts: Int
    var fault: String?
    /// Nil as long as nothing has been amiss. Else the history tells of it.
    var missed: Missed?
    var isMissed: Bool { missed == .open || missed == .settled }
    var createdAt: Instant
    var sentAt: Instant?
    /// When it was erased what it said, and to whom.
    let erasure: ID<Erasure>?

    init(_ row: Row) throws {
        id = try row["id"]
        caseID = try row["case_id"]
        event = try row["event_id"]
        occasion = try row["occasion"]
        isNeutral = try row["is_neutral"]
        contact = try row["contact_id"]
        medium = try row["medium"]
        kind = try row["kind"]
        name = try row["name"]
        address = try row["address"]
        language = try row["language"]
        subject = try row["subject"]
        body = try row["body"]
        state = try row["state"]
        attempts = try row["attempts"]
        fault = try row["fault"]
        missed = try row["missed"]
        createdAt = try row["created_at"]
        sentAt = try row["sent_at"]
        erasure = try row["erasure_id"]
    }
}
