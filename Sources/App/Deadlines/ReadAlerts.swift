import Database
import Domain

extension Operation {
    /// More than this many are not counted: the bell says "99+".
    private static let mostCounted = 100

    /// The bell of whoever is at work. Two index look-ups, because it stands on every page.
    func bell(isCurrent: Bool) throws -> Bell? {
        guard let mine = try conditions() else { return nil }
        let parts = mine.map { condition -> SQL in
            "SELECT id FROM alerts WHERE municipality = \(tenant) AND read_at IS NULL AND \(condition)"
        }
        let stored: Int =
            try tx.value(
                """
                SELECT count(*) FROM (\(SQL.joined(parts, separator: " UNION ALL ")) LIMIT \(Self.mostCounted)) AS unread
                """) ?? 0
        // What this very answer shows has been read when it arrives.
        let count = max(0, stored - readings.alerts.count)
        let text = count == 0 ? words("alerts.none_unread") : words.count("alerts.unread", count)
        return Bell(
            count: count == 0 ? nil : stored == Self.mostCounted ? "\(Self.mostCounted - 1)+" : "\(count)", text: text,
            isCurrent: isCurrent)
    }

    /// The reader's own alerts and those of the units they work in, each as a condition of its own, so that each is a
    /// look-up in an index; nil for those without an account.
    private func conditions() throws -> [SQL]? {
        guard case .user(let user) = actor else { return nil }
        let units = (directory.people[user.id]?.home ?? []).sorted().map(\.rawValue)
        return ["user_id = \(user.id)"] + (units.isEmpty ? [] : ["unit_id IN \(list: units)"])
    }

    /// Newest first.
    func alerts(before: ID<Alert>?, limit: Int) throws -> [Alert] {
        guard case .user(let user) = actor else { return [] }
        let units = (directory.people[user.id]?.home ?? []).sorted()
        let addressees: [SQL] = ["user_id = \(user.id)"] + units.map { "unit_id = \($0)" }
        // Each is read from the end of its own index and no further than a page.
        let parts = addressees.map { addressee -> SQL in
            """
            SELECT * FROM (SELECT * FROM alerts WHERE municipality = \(tenant) AND \(addressee)
                AND id < \(before ?? ID(.max)) ORDER BY id DESC LIMIT \(limit)) AS part
            """
        }
        return try tx.rows(
            """
            SELECT * FROM (\(SQL.joined(parts, separator: " UNION ALL "))) AS alerts ORDER BY id DESC LIMIT \(limit)
            """
        ).map(Alert.init)
    }

    /// Those of the reader that a look at the case answers.
    func unreadAlerts(about subject: ID<Case>) throws -> [ID<Alert>] {
        guard let mine = try conditions() else { return [] }
        return try tx.rows(
            """
            SELECT id FROM alerts WHERE municipality = \(tenant) AND case_id = \(subject) AND read_at IS NULL
                AND (\(SQL.joined(mine, separator: " OR ")))
            """
        ).map { try $0["id"] }
    }

    /// All of the reader's. Those of a unit are then read for everybody in it.
    func markAllAlertsRead() throws {
        for condition in try conditions() ?? [] { try markRead(condition) }
    }

    func markRead(_ condition: SQL) throws {
        try tx.send(
            """
            UPDATE alerts SET read_at = \(now) WHERE municipality = \(tenant) AND read_at IS NULL AND \(condition)
            """)
    }
}
