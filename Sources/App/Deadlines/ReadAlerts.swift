import Database
import Domain

extension AlertFacade {
    /// More than this many are not counted: the bell says "99+", a unit's list "100 or more".
    static let mostCounted = 100

    /// The bell of whoever is at work. Two index look-ups with a bound, because it stands on every page. A deadline
    /// counts once, however often and by however many ways it was reminded of.
    func bell(isCurrent: Bool) throws -> Bell? {
        guard let mine = try conditions() else { return nil }
        // What this very answer shows has been read when it arrives.
        let shown: SQL = readings.alerts.isEmpty ? "" : "AND id NOT IN \(list: readings.alerts.sorted())"
        let parts = mine.map { condition -> SQL in
            """
            SELECT * FROM (SELECT case_id, kind, due_at FROM alerts
                WHERE municipality = \(tenant) AND read_at IS NULL AND \(condition) \(shown)
                LIMIT \(8 * Self.mostCounted)) AS part
            """
        }
        let count: Int =
            try tx.value(
                """
                SELECT count(*) FROM (
                    SELECT DISTINCT case_id, kind, due_at FROM (\(SQL.joined(parts, separator: " UNION ALL "))) AS unread
                    LIMIT \(Self.mostCounted)) AS counted
                """) ?? 0
        let last = Self.mostCounted - 1
        switch count {
        case 0: return Bell(count: nil, text: words("alerts.none_unread"), isCurrent: isCurrent)
        case ...last: return Bell(count: "\(count)", text: words.count("alerts.unread", count), isCurrent: isCurrent)
        default:
            let text = words("alerts.unread.many", ["count": "\(last)"])
            return Bell(count: "\(last)+", text: text, isCurrent: isCurrent)
        }
    }

    /// The reader's own alerts, those of whoever they stand in for, and those of the units they work in, each as a
    /// condition of its own, so that each is a look-up in an index; nil for those without an account.
    private func conditions() throws -> [SQL]? {
        guard case .user(let user) = actor else { return nil }
        let units = alertedUnits(of: user)
        let addressees: [SQL] =
            ["user_id IN \(list: user.handlers.sorted())"] + (units.isEmpty ? [] : ["unit_id IN \(list: units)"])
        return addressees.map { "\($0) AND \(Self.isTold(to: user))" }
    }

    /// On the table `alerts`: not about a case that is kept from them. It may have become confidential since, or come to
    /// somebody for whom they stand in.
    private static func isTold(to user: User) -> SQL {
        """
        EXISTS (SELECT 1 FROM cases WHERE cases.municipality = alerts.municipality AND cases.id = alerts.case_id
            AND \(user.confidentialSight.condition))
        """
    }

    /// What concerns all of these concerns them: the units they work in, and those they cover today.
    private func alertedUnits(of user: User) -> [ID<Unit>] {
        user.coveredUnits.union(directory.people[user.id]?.home ?? []).sorted()
    }

    /// Newest first.
    func list(before: ID<Alert>?, limit: Int) throws -> [Alert] {
        guard case .user(let user) = actor else { return [] }
        let addressees: [SQL] =
            user.handlers.sorted().map { "user_id = \($0)" } + alertedUnits(of: user).map { "unit_id = \($0)" }
        // Each is read from the end of its own index and no further than a page.
        let parts = addressees.map { addressee -> SQL in
            """
            SELECT * FROM (SELECT * FROM alerts WHERE municipality = \(tenant) AND \(addressee)
                AND id < \(before ?? ID(.max)) AND \(Self.isTold(to: user)) ORDER BY id DESC LIMIT \(limit)) AS part
            """
        }
        return try tx.rows(
            """
            SELECT * FROM (\(SQL.joined(parts, separator: " UNION ALL "))) AS alerts ORDER BY id DESC LIMIT \(limit)
            """
        ).compactMap { try op.cases.readable($0, of: "reminder", Alert.init) }
    }

    /// Those of the reader that a look at the case answers.
    func unread(about subject: ID<Case>) throws -> [ID<Alert>] {
        guard let mine = try conditions() else { return [] }
        return try tx.rows(
            """
            SELECT id FROM alerts WHERE municipality = \(tenant) AND case_id = \(subject) AND read_at IS NULL
                AND (\(SQL.joined(mine.map { "(\($0))" }, separator: " OR ")))
            """
        ).map { try $0["id"] }
    }

    /// All of the reader's. Those of a unit are then read for everybody in it.
    func markAllRead() throws {
        for condition in try conditions() ?? [] { try markRead(condition) }
    }

    func markRead(_ condition: SQL) throws {
        try tx.send(
            """
            UPDATE alerts SET read_at = \(now) WHERE municipality = \(tenant) AND read_at IS NULL AND \(condition)
            """)
    }
}
