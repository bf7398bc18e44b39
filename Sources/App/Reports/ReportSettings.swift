import Database
import Domain

/// Which reports go out by mail. All do, until the system manager says otherwise.
struct ReportSettings: Sendable {
    var mailed: Set<FollowUpReport>
    /// Since when it is so: what was due before that is not made up for.
    private var since: [FollowUpReport: Instant]
    private let made: Instant

    init(in op: Operation) throws {
        mailed = Set(FollowUpReport.allCases)
        since = [:]
        made = try op.tx.value("SELECT created_at FROM municipalities WHERE id = \(op.tenant)") ?? op.now
        let rows = try op.tx.rows(
            "SELECT report, is_mailed, since FROM report_settings WHERE municipality = \(op.tenant)")
        for row in rows {
            guard let report: FollowUpReport = try row["report"] else { continue }
            since[report] = try row["since"]
            if try !row["is_mailed"] { mailed.remove(report) }
        }
    }

    func since(_ report: FollowUpReport) -> Instant { since[report] ?? made }

    /// By the keys of the labels, for the form and the audit.
    func values(_ mailed: Set<FollowUpReport>? = nil) -> FieldValues {
        let flags = FollowUpReport.allCases.map { ("reports." + $0.rawValue, (mailed ?? self.mailed).contains($0)) }
        return FieldValues([:], flags: Dictionary(uniqueKeysWithValues: flags))
    }

    func store(_ wanted: Set<FollowUpReport>, in op: Operation) throws {
        for report in FollowUpReport.allCases where wanted.contains(report) != mailed.contains(report) {
            try op.tx.run(
                """
                INSERT INTO report_settings (municipality, report, is_mailed, since)
                VALUES (\(op.tenant), \(report), \(wanted.contains(report)), \(op.now))
                ON CONFLICT (municipality, report) DO UPDATE SET is_mailed = excluded.is_mailed, since = excluded.since
                """)
        }
        try op.audit(.reportsChanged, op.municipality.name, fields: op.changes(from: values(), to: values(wanted)))
    }
}

extension FollowUpReport: SQLConvertible {
    /// What its mails are called in the outbox.
    var messageKind: MessageKind {
        switch self {
        case .open: .reportOpen
        case .overdue: .reportOverdue
        case .leader: .reportLeader
        }
    }

    /// In the occasion of its mails.
    var rhythm: String {
        switch self {
        case .open: "daily"
        case .overdue: "weekly"
        case .leader: "monthly"
        }
    }
}
