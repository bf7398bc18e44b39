import Domain

/// `GET /{m}/alerts`: what the bell counts, and what it counted before.
enum ShowAlerts {
    /// Reminders read for one page; those of one deadline become one line of it.
    static let pageSize = 100

    static let routes: [Route] = [
        .page(.alerts, for: .staff(nil), show),
        .form(.post, .alertsReading, for: .staff(nil), show: show) { _, op in
            try op.alerts.markAllRead()
            return .redirect(op.paths(.alerts), flash: "alerts_read")
        },
    ]

    private static let show: PageHandler = { visit, op in
        let words = op.words
        let before = visit.queried("after").flatMap { ID<Alert>(text: $0) }
        let found = try op.alerts.list(before: before, limit: pageSize + 1)
        let alerts = Alert.onceEach(Array(found.prefix(pageSize)))
        let ids = Set(alerts.map(\.subject))
        let visible = try op.cases.load(ids, in: op.scope)
        // The reminder has come, so it is told; what the case says is only for those who may see it.
        let all = visible.count == ids.count ? visible : try op.cases.load(ids, in: .everything)
        let fields = FormFields(words: words, form: "alerts", input: visit.form)
        let frame = try op.frame(visit, title: words("alerts.heading"))
        var page = AlertsPage(
            frame: frame, summary: fields.summary, heading: words("alerts.heading"),
            lead: frame.bell?.count == nil ? words("alerts.none_unread") : frame.bell?.text ?? "",
            rows: try alerts.compactMap { alert in
                try all[alert.subject].map { try row(alert, $0, visible[alert.subject], op) }
            },
            empty: words("alerts.empty"))
        if frame.bell?.count != nil {
            page.readAll = ActionForm(
                id: "reading", title: words("alerts.read_all"), url: op.paths(.alertsReading),
                submit: words("alerts.read_all"))
        }
        if found.count > pageSize, let last = found.dropLast().last {
            page.next = op.paths(.alerts) + "?after=\(last.id)"
        }
        return .page(page)
    }

    private static func row(_ alert: Alert, _ subject: Case, _ visible: Case?, _ op: Operation) throws -> AlertRow {
        let times = Times(op.directory.calendar, op.words, op.now)
        let stands = try op.alerts.stands(alert, subject)
        return AlertRow(
            what: stands ? op.alerts.what(alert) : settled(alert, op),
            kind: stands ? kind(alert, op) : .none,
            title: visible?.title ?? op.words("alerts.withheld"), url: visible.map { op.paths(.case, $0.number) },
            isConfidential: subject.isConfidential, isUnread: !alert.isRead, with: op.alerts.holderAndUnit(of: subject),
            when: times.lately(alert.at), number: "\(subject.number)")
    }

    /// "Feedback: taken care of since"; what a contractor has done stays news.
    private static func settled(_ alert: Alert, _ op: Operation) -> String {
        let done = op.words("alert.settled")
        func late(_ what: String) -> String { op.words("deadline.late.what", ["what": op.words(what), "late": done]) }
        return switch alert.kind {
        case .deadline(let kind): DeadlineWords(words: op.words).late(kind, done)
        case .acute: late("case.acute")
        case .missed: late("watch.missed")
        case .contactJoined, .contractor: op.alerts.what(alert)
        }
    }

    /// What a contractor asks or hands back is somebody's to do, like what is due soon.
    private static func kind(_ alert: Alert, _ op: Operation) -> DueKind {
        switch alert.kind {
        case .deadline: alert.due < op.now ? .late : .soon
        case .acute: .late
        case .missed, .contractor(.asked), .contractor(.done), .contractor(.handedBack): .soon
        case .contactJoined, .contractor: .ok
        }
    }
}
