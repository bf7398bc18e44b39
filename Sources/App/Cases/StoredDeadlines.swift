import Database
import Domain

/// What is stored of a case's deadlines, because lists, reports and reminders are read by it. It follows from the case,
/// the calendar and the targets; when one of these changes, it is worked out anew.
struct StoredDeadlines: Equatable {
    /// What must happen next.
    var next: Deadline?
    /// Where the case stands in work lists.
    var listOrder: Int64?
    /// When it is next to be reminded of.
    var nextReminder: Instant?
    /// When the citizen is to have heard from us, whether or not they have; nil when the case is closed.
    var firstAnswer: Instant?

    init(of subject: Case, in directory: Directory) {
        let (targets, calendar) = (directory.targets(for: subject), directory.calendar)
        let running = subject.clocks.running(targets, calendar)
        next = running.next
        listOrder = subject.listOrder(running)
        nextReminder = subject.nextReminder(of: running, targets, calendar)
        firstAnswer = subject.state.isOpen ? directory.firstAnswerDue(subject) : nil
    }

    init(_ row: Row) throws {
        let at: Instant? = try row["next_due_at"]
        let kind: DeadlineKind? = try row["next_due_kind"]
        next = at.flatMap { at in kind.map { Deadline(kind: $0, at: at) } }
        listOrder = try row["list_order"]
        nextReminder = try row["next_reminder_at"]
        firstAnswer = try row["first_answer_due_at"]
    }

    static let columns: SQL = "next_due_at, next_due_kind, list_order, next_reminder_at, first_answer_due_at"

    /// In the order of `columns`.
    var values: SQL { "\(next?.at), \(next?.kind), \(listOrder), \(nextReminder), \(firstAnswer)" }

    /// On the table `cases`: what has a deadline, and so stands in lists. All open cases, and the closed ones that somebody
    /// is still to be told of or whose measures are to be done. The indexes of lists hold these alone.
    static let standing: SQL = "cases.list_order IS NOT NULL"

    /// The open ones of them.
    static let open: SQL = "cases.list_order IS NOT NULL AND cases.state <> 'closed'"

    /// How far before their deadline acute cases stand that nobody has acknowledged, in milliseconds: before all others.
    fileprivate static let acuteLead: Int64 = 100_000_000_000_000

    /// On the table `cases`: any deadline has passed, also one that a parked case still owes.
    static func late(at now: Instant) -> SQL {
        // The first condition lets both engines read only the beginning of a list.
        """
        (cases.list_order < \(now) AND (cases.list_order >= 0 OR cases.list_order < \(now.milliseconds - acuteLead)))
        """
    }
}

extension Case {
    /// In work lists a case stands by its first deadline, also by what it still owes while it is parked; but acute ones
    /// that nobody has acknowledged come first (R1.10).
    fileprivate func listOrder(_ running: [Deadline]) -> Int64? {
        guard let due = running.first?.at.milliseconds else { return nil }
        return isUnacknowledgedAcute ? due - StoredDeadlines.acuteLead : due
    }
}
