import Database
import Domain

/// Sends the reports when their time has come (R4.6): at the opening of the day on which they are due; after a standstill
/// later in the same period, in office hours all the same. Each exactly once: that it was seen to is stored with its mails.
extension Installation {
    /// - Returns: how many mails were queued.
    func mailReports() async throws -> Int {
        try await inEachMunicipality { municipality in
            var queued = 0
            // Almost always there is nothing to do, and reading holds nobody up.
            for due in try await read(municipality, { try $0.dueReports() }) {
                queued += try await write(municipality, as: { _, _, _ in .system }) { try $0.mail(due) }
            }
            return queued
        }
    }
}

/// A report on the day on which it is due.
struct DueReport: Sendable {
    let report: FollowUpReport
    let day: CivilDay
}

extension Operation {
    fileprivate func dueReports() throws -> [DueReport] {
        guard directory.calendar.isOpen(at: now) else { return [] }
        let settings = try ReportSettings(in: self)
        return try FollowUpReport.allCases.filter(settings.mailed.contains).compactMap { report in
            guard let day = report.dueDay(on: today, in: directory.calendar),
                let opens = directory.calendar.opening(on: day), opens >= settings.since(report)
            else { return nil }
            let run: Int? = try tx.value(
                """
                SELECT 1 FROM report_runs WHERE municipality = \(tenant) AND report = \(report) AND day = \(day)
                """)
            return run == nil ? DueReport(report: report, day: day) : nil
        }
    }

    fileprivate func mail(_ due: DueReport) throws -> Int {
        let isFirst = try tx.run(
            """
            INSERT INTO report_runs (municipality, report, day, at, mails)
            VALUES (\(tenant), \(due.report), \(due.day), \(now), 0) ON CONFLICT DO NOTHING
            """)
        guard isFirst == 1 else { return 0 }
        var mails = 0
        var unreached: [String] = []
        for receiver in directory.receivers(of: due.report, on: today) {
            guard let mail = try ReportMail(due, for: receiver, in: self) else { continue }
            guard let address = receiver.address else {
                unreached.append(receiver.key)
                continue
            }
            let isQueued = try outbox.queue(
                due.report.messageKind, subject: mail.subject, body: mail.body, mentions: mail.mentions, to: address,
                name: receiver.name, language: receiver.language,
                occasion: "report:\(due.report.rhythm):\(due.day):\(receiver.key)")
            if isQueued { mails += 1 }
        }
        if !unreached.isEmpty {
            installation.logger.warning(
                "nobody who could get a report has an address",
                metadata: ["municipality": "\(municipality.slug)", "report": "\(due.report.rawValue)"])
        }
        try tx.run(
            """
            UPDATE report_runs SET mails = \(mails), unreached = \(unreached.joined(separator: " "))
            WHERE municipality = \(tenant) AND report = \(due.report) AND day = \(due.day)
            """)
        return mails
    }
}
