import Database
import Domain

/// What has to be followed up: the links of the chain that could break (R4.1).
enum CaseFilter: String, CaseIterable, Sendable {
    case acute, late, parked
    case notAcknowledged = "not_acknowledged"
    case awaitingFeedback = "awaiting_feedback"
    /// Something was written to the citizen, and no message reached them: closed cases too.
    case untold

    /// On the table `cases`, of those that stand in lists.
    func condition(at now: Instant) -> SQL {
        switch self {
        case .notAcknowledged: "cases.state IN ('new', 'passedOn')"
        // Almost all open cases wait, few of all do. PostgreSQL, which knows only the latter, would read and sort them all
        // by an index that begins elsewhere; so it is not told that an index could help.
        case .awaitingFeedback:
            "(cases.feedback_at IS NULL AND cases.settled_at IS NULL AND cases.state <> 'closed') IS TRUE"
        case .parked: "cases.state = 'parked'"
        case .late: StoredDeadlines.late(at: now)
        case .acute: "(cases.is_acute = 1 AND cases.state <> 'closed')"
        case .untold: "cases.untold_since IS NOT NULL"
        }
    }
}
