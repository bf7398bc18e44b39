import Database
import Domain

/// Reminds of deadlines in office hours, each exactly once (R4.2): the reminder is remembered on the case, and told, in
/// one transaction.
extension Installation {
    /// Cases in one transaction.
    private static let portion = 100

    /// Makes the reminders whose time has come in every municipality, and says how many there were.
    func remindOfDeadlines() async throws -> Int {
        try await inEachMunicipality { municipality in
            // Almost always there is nothing to do, and reading holds nobody up.
            guard try await read(municipality, { try $0.deadlines.mayRemind && $0.deadlines.hasCasesToRemind() }) else {
                return 0
            }
            var made = 0
            while true {
                let (cases, reminders) = try await write(municipality, as: { _, _, _ in .system }) { op in
                    try op.deadlines.remindOfNext(Self.portion)
                }
                made += reminders
                if cases < Self.portion { return made }
            }
        }
    }
}

extension Installation {
    /// After the clock was ahead: what was reminded of before its time is reminded of again when the time comes, else
    /// nobody would hear that the case is late.
    ///
    /// - Returns: how many cases it was.
    func takeBackReminders(in municipality: ID<Municipality>) async throws -> Int {
        var (after, total) = (ID<Case>(.min), 0)
        while true {
            let (last, count) = try await write(municipality, as: { _, _, _ in .system }) { [after] op in
                try op.deadlines.takeBackReminders(after: after, limit: Self.portion)
            }
            total += count
            guard let last else { return total }
            after = last
        }
    }
}

extension DeadlineFacade {
    /// - Returns: the last case looked at, nil when there are no more, and in how many something was taken back.
    fileprivate func takeBackReminders(after: ID<Case>, limit: Int) throws -> (last: ID<Case>?, count: Int) {
        let rows = try tx.rows(
            """
            SELECT * FROM cases WHERE municipality = \(tenant) AND \(StoredDeadlines.standing) AND reminded <> ''
                AND id > \(after) ORDER BY id LIMIT \(limit)\(tx.dialect.forUpdate)
            """)
        let latest = now.adding(milliseconds: StoredInstant.tolerance)
        var count = 0
        for row in rows {
            guard var subject = try op.cases.readable(row, Case.init) else { continue }
            let taken = subject.takeBackReminders(directory.targets(for: subject), directory.calendar, after: latest)
            if taken.isEmpty { continue }
            count += 1
            try storeReminders(of: subject)
            // They go, rather than count as read: the next ones are the same, and each stands there once.
            for reminder in taken.sorted(by: { $0.description < $1.description }) {
                try op.cases.record(subject.withdrawn(reminder), on: subject)
                try tx.send(
                    """
                    DELETE FROM alerts WHERE municipality = \(tenant) AND case_id = \(subject.id)
                        AND kind = \(Alert.Kind.deadline(reminder.kind)) AND step = \(reminder.step)
                        AND due_at = \(reminder.due)
                    """)
            }
        }
        return (try rows.last?["id"], count)
    }

    /// None at night, none on a closing day.
    var mayRemind: Bool { directory.calendar.isOpen(at: now) }

    /// Whether the time of any reminder has come.
    func hasCasesToRemind() throws -> Bool {
        try tx.row(
            "SELECT 1 AS one FROM cases WHERE municipality = \(tenant) AND next_reminder_at <= \(now) LIMIT 1") != nil
    }

    private func casesToRemind(limit: Int) throws -> [Row] {
        try tx.rows(
            """
            SELECT * FROM cases WHERE municipality = \(tenant) AND next_reminder_at <= \(now)
            ORDER BY next_reminder_at, id LIMIT \(limit)\(tx.dialect.forUpdateSkipLocked)
            """)
    }

    /// Of the cases whose time has come, those that have waited longest.
    func remindOfNext(_ limit: Int) throws -> (cases: Int, reminders: Int) {
        guard mayRemind else { return (0, 0) }
        let rows = try casesToRemind(limit: limit)
        var reminders = 0
        for row in rows {
            // One that cannot be read, or told of, holds up no other.
            guard let made = try op.cases.readable(row, { row in try tx.savepoint { try remind(of: try Case(row)) } })
            else {
                try putOff(try row["id"])
                continue
            }
            reminders += made
        }
        return (rows.count, reminders)
    }

    /// How many reminders were made.
    private func remind(of subject: Case) throws -> Int {
        var subject = subject
        let reminders = subject.remind(directory.targets(for: subject), directory.calendar, at: now)
        for reminder in reminders {
            try op.cases.record(subject.reminded(of: reminder), on: subject)
        }
        try storeReminders(of: subject)
        return reminders.count
    }

    /// What cannot be read is tried again on the next working day, and holds up neither other cases nor the mails.
    private func putOff(_ subject: ID<Case>) throws {
        let calendar = directory.calendar
        let tomorrow = calendar.nextOpening(after: calendar.timeZone.instant(of: today + 1, at: .midnight))
        try tx.send(
            """
            UPDATE cases SET next_reminder_at = \(tomorrow)
            WHERE municipality = \(tenant) AND id = \(subject)
            """)
    }

    /// The case itself has not changed, so neither does its version: whoever is writing is not disturbed.
    private func storeReminders(of subject: Case) throws {
        try tx.send(
            """
            UPDATE cases SET reminded = \(subject.remindedText),
                next_reminder_at = \(StoredDeadlines(of: subject, in: directory).nextReminder)
            WHERE municipality = \(tenant) AND id = \(subject.id) AND version = \(subject.version)
            """)
    }
}
