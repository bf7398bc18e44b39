import Database
import Domain

/// Something a person or a unit is to know about a case; the bell shows it, and a mail gathers it.
struct Alert: Sendable {
    let id: ID<Alert>
    var subject: ID<Case>
    var news: News
    var due: Instant
    var at: Instant
    var isRead: Bool

    init(_ row: Row) throws {
        id = try row["id"]
        subject = try row["case_id"]
        let (kind, step): (Kind, String) = (try row["kind"], try row["step"])
        guard let news = News(kind, step: step) else {
            throw DatabaseError.malformed("alerts.step of the alert \(id)")
        }
        self.news = news
        due = try row["due_at"]
        at = try row["at"]
        isRead = try (row["read_at"] as Instant?) != nil
    }
}

extension Alert {
    var kind: Kind { news.kind }

    private struct Matter: Hashable {
        var subject: ID<Case>
        var kind: Kind
        var due: Instant?
    }

    /// A deadline that was reminded of several times, or by several ways, is one line: the first of these, unread as long
    /// as any of them is. So are messages of one kind that did not arrive.
    static func onceEach(_ alerts: [Alert]) -> [Alert] {
        var lines: [Alert] = []
        var places: [Matter: Int] = [:]
        for alert in alerts {
            let due: Instant? = if case .missed = alert.kind { nil } else { alert.due }
            let matter = Matter(subject: alert.subject, kind: alert.kind, due: due)
            if let place = places[matter] {
                lines[place].isRead = lines[place].isRead && alert.isRead
            } else {
                places[matter] = lines.count
                lines.append(alert)
            }
        }
        return lines
    }
}

extension AlertFacade {
    /// Leaves an alert, once for each addressee, however often it is asked for.
    ///
    /// - Parameters:
    ///   - due: when the deadline ends; of other news, when it happened.
    ///   - isMailed: whether a mail of its own tells the same, so that none needs to gather it.
    func raise(
        _ addressee: Addressee, about subject: Case, _ news: Alert.News, _ due: Instant, isMailed: Bool = false
    ) throws {
        let (user, unit, contractor): (ID<User>?, ID<Unit>?, ID<Contractor>?) =
            switch addressee {
            case .user(let user): (user, nil, nil)
            case .unit(let unit): (nil, unit, nil)
            case .contractor(let contractor): (nil, nil, contractor)
            }
        try tx.send(
            """
            INSERT INTO alerts (municipality, id, user_id, unit_id, contractor_id, case_id, kind, step, due_at, at,
                mailed_at)
            VALUES (\(tenant), \(newID(of: Alert.self)), \(user), \(unit), \(contractor), \(subject.id), \(news.kind),
                \(news.step), \(due), \(now), \(isMailed ? now : nil))
            ON CONFLICT DO NOTHING
            """)
    }

    /// What has been done needs no reminding: its alerts count as read, and go into no mail.
    func settle(of subject: Case) throws {
        var standing = subject.clocks.running(directory.targets(for: subject), directory.calendar)
            .map { deadline -> SQL in "(kind = \(Alert.Kind.deadline(deadline.kind)) AND due_at = \(deadline.at))" }
        if subject.isUnacknowledgedAcute {
            standing.append("kind = \(Alert.Kind.acute)")
        }
        standing += try op.outbox.missed(of: subject.id).map { "kind = \(Alert.Kind.missed($0))" }
        let settled = Alert.Kind.allCases.filter(\.isSettledByDoing)
        let kept: SQL = standing.isEmpty ? "1 = 0" : SQL.joined(standing, separator: " OR ")
        try tx.send(
            """
            UPDATE alerts SET read_at = coalesce(read_at, \(now)), mailed_at = coalesce(mailed_at, \(now))
            WHERE municipality = \(tenant) AND case_id = \(subject.id) AND (read_at IS NULL OR mailed_at IS NULL)
                AND kind IN \(list: settled) AND NOT (\(kept))
            """)
    }
}
