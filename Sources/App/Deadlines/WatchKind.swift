import Database
import Domain

/// How a case has got stuck. Each is in one of these, where it first did; the raw values stand in addresses and words.
enum WatchKind: String, CaseIterable, Sendable, SQLConvertible {
    /// Urgent, and nobody has said "I have it".
    case acute
    case acknowledge, feedback, contractor, parking, citizen, close, tell, measure

    /// Late, or acute and not acknowledged: lists begin with these, so that no other row is touched.
    static func stuck(at now: Instant) -> SQL { "cases.list_order < \(now)" }

    /// On the table `cases`, of those that are stuck: the raw value. What is shown as the next deadline may lie ahead, while
    /// a case is parked or waits; then it is told by what else runs which one has passed.
    static func kind(at now: Instant) -> SQL {
        """
        CASE WHEN cases.is_acute = 1 AND cases.acknowledged_at IS NULL AND cases.state <> 'closed' THEN 'acute'
            WHEN cases.next_due_at >= \(now) AND (CAST(cases.list_order AS TEXT) = cases.measures_due
                OR cases.measures_due LIKE CAST(cases.list_order AS TEXT) || ' %') THEN 'measure'
            WHEN cases.next_due_at >= \(now) AND cases.asked_at IS NOT NULL THEN 'contractor'
            WHEN cases.next_due_at >= \(now) AND cases.acknowledged_at IS NULL THEN 'acknowledge'
            WHEN cases.next_due_at >= \(now) AND cases.untold_since IS NOT NULL AND cases.feedback_at IS NOT NULL
                AND cases.contractor_asked_at IS NULL THEN 'tell'
            WHEN cases.next_due_at >= \(now) AND (cases.feedback_at IS NOT NULL OR cases.settled_at IS NOT NULL
                OR cases.first_answer_due_at >= \(now)) THEN 'contractor'
            WHEN cases.next_due_at >= \(now) THEN 'feedback'
            WHEN cases.next_due_kind IN ('acknowledge', 'parking', 'close', 'tell', 'measure') THEN cases.next_due_kind
            WHEN cases.next_due_kind = 'awaiting_citizen' THEN 'citizen'
            WHEN cases.next_due_kind = 'contractor_question' THEN 'contractor'
            ELSE 'feedback' END
        """
    }
}
