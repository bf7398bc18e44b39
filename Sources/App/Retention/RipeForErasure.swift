import Database
import Domain

/// What a class would erase: one query each, which counts for the preview and finds for the task.
struct RipeForErasure: Sendable {
    let kept: RetentionClass
    let tenant: ID<Municipality>
    /// What ended before it.
    let before: Instant

    /// Selects `id` and `at`, when its time began; the oldest first where it matters. For the class of the reading log the
    /// rows go by themselves, see `Operation.remove`.
    ///
    /// - Parameter lock: keeps what is found as it is until the transaction ends.
    func query(limit: Int, lock: SQL = "") -> SQL {
        switch kept {
        case .answered: answered + " LIMIT \(limit)"
        case .reporters: cases(where: "people_erasure_id IS NULL") + " LIMIT \(limit)\(lock)"
        case .cases: cases(where: "words_erasure_id IS NULL") + " LIMIT \(limit)\(lock)"
        case .readings:
            "SELECT id, at FROM readings WHERE municipality = \(tenant) AND at < \(before) ORDER BY id LIMIT \(limit)"
        }
    }

    /// Contacts of which something was answered at once and nothing is under way. Ids sort by the time, so that the newer
    /// ones are not looked at.
    private var answered: SQL {
        """
        SELECT DISTINCT contacts.id, contacts.at FROM questions JOIN contacts
            ON contacts.municipality = questions.municipality AND contacts.id = questions.contact_id
        WHERE questions.municipality = \(tenant) AND questions.case_id IS NULL AND questions.erasure_id IS NULL
            AND questions.contact_id < \(ID<Contact>.first(at: before)) AND contacts.at < \(before)
            AND NOT EXISTS (SELECT 1 FROM questions others JOIN cases
                ON cases.municipality = others.municipality AND cases.id = others.case_id
                WHERE others.municipality = questions.municipality AND others.contact_id = questions.contact_id
                AND NOT (\(Self.isOver)))
        ORDER BY contacts.id
        """
    }

    /// Closed for long enough, with nothing left to do, to tell or to send, and no message that was missed; and so are
    /// the others that were reported in the same contact: who reported belongs to all of these.
    private func cases(where isThere: SQL) -> SQL {
        """
        SELECT id, closed_at AS at FROM cases
        WHERE municipality = \(tenant) AND \(isThere) AND closed_at < \(before) AND \(Self.isOver)
            AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.municipality = cases.municipality
                AND outbox.case_id = cases.id
                AND (outbox.state IN ('waiting', 'sending', 'handed_over') OR outbox.missed = 'open'))
            AND NOT EXISTS (SELECT 1 FROM questions own
                JOIN questions others ON others.municipality = own.municipality AND others.contact_id = own.contact_id
                JOIN cases besides ON besides.municipality = others.municipality AND besides.id = others.case_id
                WHERE own.municipality = cases.municipality AND own.case_id = cases.id AND besides.id <> cases.id
                AND NOT (besides.state = 'closed' AND besides.closed_at < \(before) AND besides.list_order IS NULL
                    AND besides.untold_since IS NULL))
        ORDER BY closed_at, id
        """
    }

    /// No deadline runs, no measure is to be done, and nobody waits to be told.
    private static let isOver: SQL =
        "cases.state = 'closed' AND cases.list_order IS NULL AND cases.untold_since IS NULL"
}

extension RetentionFacade {
    /// How much would go now, and when the oldest of it began.
    struct ErasurePreview: Sendable {
        var count: Int
        /// There is more than was counted.
        var isMore: Bool
        var oldest: Instant?
    }

    /// So many are counted.
    static let mostPreviewed = 10_000

    func previewErasure(of kept: RetentionClass, months: Int) throws -> ErasurePreview {
        let ripe = RipeForErasure(
            kept: kept, tenant: tenant, before: startOfDay(today.before(months: months))
        ).query(limit: Self.mostPreviewed + 1)
        let row = try tx.row("SELECT count(*) AS number, min(at) AS oldest FROM (\(ripe)) AS ripe")
        let count: Int = try row?["number"] ?? 0
        return ErasurePreview(
            count: min(count, Self.mostPreviewed), isMore: count > Self.mostPreviewed, oldest: try row?["oldest"])
    }

    func startOfDay(_ day: CivilDay) -> Instant { municipality.timeZone.instant(of: day, at: .midnight) }
}
