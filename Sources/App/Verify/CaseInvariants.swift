import Database
import Domain

/// What must hold of one case and its history, by the rules of the domain.
struct CaseInvariants {
    let op: Operation

    /// How many cases are in memory at once.
    static let portion = 500

    /// Goes through the next cases of a stretch of ids.
    ///
    /// - Returns: the last id looked at, or nil when there were no more.
    func check(
        after: ID<Case>, through end: ID<Case>, report: (Breach) -> Void
    ) throws -> (last: ID<Case>, count: Int)? {
        let rows = try rows("id > \(after) AND id <= \(end)")
        guard let last = rows.last else { return nil }
        try check(rows, report: report)
        return (try last["id"], rows.count)
    }

    /// - Parameter ids: at most `portion`; those that there are not are passed over.
    func check(_ ids: [ID<Case>], report: (Breach) -> Void) throws {
        try check(try rows("id IN \(list: ids)"), report: report)
    }

    private func rows(_ condition: SQL) throws -> [Row] {
        try op.tx.rows(
            "SELECT * FROM cases WHERE municipality = \(op.tenant) AND \(condition) ORDER BY id LIMIT \(Self.portion)")
    }

    private func check(_ rows: [Row], report: (Breach) -> Void) throws {
        let ids: [ID<Case>] = try rows.map { try $0["id"] }
        let histories = try histories(of: ids)
        // What is being reckoned anew is not wrong yet.
        let isRenewing = try op.deadlines.isRenewingDeadlines
        for (id, row) in zip(ids, rows) {
            do {
                let stored = try Case(row)
                let told = try StoredDeadlines(row)
                for fault in faults(of: stored, histories[id] ?? History())
                    + (isRenewing ? [] : faults(told, right: StoredDeadlines(of: stored, in: op.directory)))
                {
                    report(breach(fault.name, "case \(stored.number) \(fault.text)"))
                }
            } catch let error as DatabaseError {
                report(breach("case_unreadable", "case with the id \(id) cannot be read: \(error)"))
            }
        }
    }

    private func breach(_ name: String, _ text: String) -> Breach {
        Breach(municipality: op.municipality.slug, name: name, text: text)
    }

    private typealias Fault = (name: String, text: String)

    /// A case's history in short.
    private struct History {
        var first: CaseEvent.Kind?
        var timesOpened = 0
        /// As the last event that tells one says.
        var state: CaseState?
        var isReadable = true
        /// How often each was made and not withdrawn.
        var reminders: [Reminder: Int] = [:]
    }

    /// - Parameter ids: in rising order.
    private func histories(of ids: [ID<Case>]) throws -> [ID<Case>: History] {
        var histories: [ID<Case>: History] = [:]
        // In steps by the event's own key, since a case may have any number of them.
        guard var caseID = ids.first else { return [:] }
        var event: Int64 = .min
        while true {
            let rows = try op.tx.rows(
                """
                SELECT case_id, id, kind, data FROM events
                WHERE municipality = \(op.tenant) AND case_id IN \(list: ids.filter { $0 >= caseID })
                    AND (case_id > \(caseID) OR id > \(event))
                ORDER BY case_id, id LIMIT 2000
                """)
            for row in rows {
                caseID = try row["case_id"]
                event = try row["id"]
                var history = histories[caseID] ?? History()
                let kind: CaseEvent.Kind? = try? row["kind"]
                let data: String = try row["data"]
                let event = kind.flatMap { try? CaseEvent($0, json: data) }
                if histories[caseID] == nil { history.first = kind }
                if kind == .opened { history.timesOpened += 1 }
                if let state = event?.state { history.state = state }
                if event == nil { history.isReadable = false }
                if let reminder = event?.fact.reminder {
                    history.reminders[reminder, default: 0] += kind == .reminderWithdrawn ? -1 : 1
                }
                histories[caseID] = history
            }
            if rows.count < 2000 { return histories }
        }
    }

    private func faults(of stored: Case, _ history: History) -> [Fault] {
        var faults: [Fault] = []
        if !history.isReadable { faults.append(("history_unreadable", "has an event that cannot be read")) }
        if history.first != .opened { faults.append(("history_begins_wrong", "has a history that does not begin")) }
        let now = op.now.adding(milliseconds: StoredInstant.tolerance)
        if stored.reminded.contains(where: { $0.step != .before && $0.due > now }) {
            faults.append(("reminded_too_early", "was reminded that a deadline has passed which lies ahead"))
        }
        if history.reminders.values.contains(where: { $0 > 1 }) {
            faults.append(("reminded_twice", "was reminded of the same deadline twice"))
        }
        if history.timesOpened > 1 { faults.append(("opened_twice", "was opened more than once")) }
        if history.state != stored.state {
            faults.append(
                (
                    "state_differs_from_history",
                    "is \(stored.state.rawValue), but its history says \(history.state?.rawValue ?? "nothing")"
                ))
        }
        if CaseNumber(text: "\(stored.number)") != stored.number {
            faults.append(("number_invalid", "has a number that cannot be read back"))
        }
        return faults
    }

    private func faults(_ told: StoredDeadlines, right: StoredDeadlines) -> [Fault] {
        var faults: [Fault] = []
        if told.next != right.next {
            faults.append(
                ("deadline_differs", "has the deadline \(text(told.next)), but the rules say \(text(right.next))"))
        }
        if told.listOrder != right.listOrder {
            faults.append(("order_differs", "stands in the wrong place in lists"))
        }
        if told.nextReminder != right.nextReminder {
            let (told, right) = (told.nextReminder?.iso8601 ?? "none", right.nextReminder?.iso8601 ?? "none")
            faults.append(("reminder_differs", "is next reminded of at \(told), but the rules say \(right)"))
        }
        // Null until the daily job has been there after an update.
        if told.firstAnswer != nil && told.firstAnswer != right.firstAnswer {
            faults.append(("first_answer_differs", "is to be answered first at another time than the rules say"))
        }
        return faults
    }

    private func text(_ deadline: Deadline?) -> String {
        deadline.map { "\($0.kind.rawValue) \($0.at.iso8601)" } ?? "none"
    }
}

extension CaseFact {
    fileprivate var reminder: Reminder? {
        switch self {
        case .reminded(let data), .reminderWithdrawn(let data): data.reminder
        default: nil
        }
    }
}
