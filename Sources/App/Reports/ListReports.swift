import Domain

/// `GET /{m}/reports`: all reports, and which have gone out to whom. `POST /{m}/reports/settings`: which of them go out.
enum ListReports {
    /// Sent ones that are shown.
    static let mostSent = 50

    static let routes: [Route] = [
        .page(.reports, for: .staff(nil), show),
        .form(
            .post, .reportSettings, for: .staff(.manageMunicipality), form: "settings", show: show,
            perform: save),
    ]

    private static let show: PageHandler = { visit, op in
        let words = op.words
        let settings = try ReportSettings(in: op)
        let fields = FormFields(words: words, form: "reports", input: visit.form)
        return .page(
            ReportIndexPage(
                frame: try op.frame(visit, title: words("reports.heading")), summary: fields.summary,
                reports: FollowUpReport.allCases.map { report in
                    ReportIndexPage.Entry(
                        name: words("reports." + report.rawValue), url: op.paths(.report(report)),
                        about: words("reports.\(report.rawValue).about"),
                        rhythm: settings.mailed.contains(report)
                            ? words("reports.\(report.rawValue).rhythm") : words("reports.not_mailed"))
                },
                action: try op.user.may(.manageMunicipality) ? form(settings, fields, visit, op) : nil,
                sent: try unreached(op) + sent(op)))
    }

    private static func form(
        _ settings: ReportSettings, _ fields: FormFields, _ visit: Visit, _ op: Operation
    ) -> ActionForm {
        let options = FollowUpReport.allCases.map {
            FormField.Option(value: $0.rawValue, text: op.words("reports." + $0.rawValue))
        }
        return ActionForm(
            id: "settings", title: op.words("reports.settings"), hint: op.words("reports.settings.hint"),
            url: op.paths(.reportSettings), version: settings.values().version(on: visit),
            fields: [fields.checks("mailed", options, values: settings.mailed.map(\.rawValue))],
            submit: op.words("form.save"), isOpen: !visit.form.errors.isEmpty)
    }

    private static func sent(_ op: Operation) throws -> [ReportIndexPage.SentReport] {
        let times = Times(op.directory.calendar, op.words, op.now)
        // Word for word as in the partial index.
        return try op.tx.rows(
            """
            SELECT * FROM outbox WHERE municipality = \(op.tenant)
                AND kind IN ('report_open', 'report_overdue', 'report_leader')
            ORDER BY id DESC LIMIT \(mostSent)
            """
        ).map { row in
            let mail = try OutboxMessage(row)
            let report = FollowUpReport.allCases.first { $0.messageKind == mail.kind }
            return ReportIndexPage.SentReport(
                name: report.map { op.words("reports." + $0.rawValue) } ?? "", to: mail.name ?? mail.address,
                when: times.dayAndTime(mail.sentAt ?? mail.createdAt),
                state: op.words("mailstate." + mail.state.rawValue),
                stateKind: mail.state.mark)
        }
    }

    /// The last ones that nobody got: there is no address to send them to.
    private static func unreached(_ op: Operation) throws -> [ReportIndexPage.SentReport] {
        let times = Times(op.directory.calendar, op.words, op.now)
        return try FollowUpReport.allCases.flatMap { report -> [ReportIndexPage.SentReport] in
            let last = try op.tx.row(
                """
                SELECT at, unreached FROM report_runs WHERE municipality = \(op.tenant) AND report = \(report)
                ORDER BY day DESC LIMIT 1
                """)
            guard let last else { return [] }
            let (at, keys): (Instant, String) = (try last["at"], try last["unreached"])
            return keys.split(separator: " ").map { key in
                let leader = ID<User>(text: String(key)).map { op.directory.name(of: $0) }
                return ReportIndexPage.SentReport(
                    name: op.words("reports." + report.rawValue),
                    to: leader ?? op.directory.name(of: op.municipality.centre), when: times.dayAndTime(at),
                    state: op.words("reports.unreached"), stateKind: .late)
            }
        }
    }

    private static let save: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        let settings = try ReportSettings(in: op)
        let sent = visit.form.values["mailed"] ?? []
        let mailed = Set(sent.compactMap(FollowUpReport.init))
        guard mailed.count == Set(sent).count else { throw InputErrors("mailed", "unknown") }
        try settings.values().check(visit)
        try settings.store(mailed, in: op)
        return .redirect(op.paths(.reports), flash: "saved")
    }
}
