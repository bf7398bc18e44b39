/// All reports: what they say, when they go out, and which have.
struct ReportIndexPage: Page {
    static let template = "reports/index"

    var frame: Frame
    var summary: ErrorSummary?
    var reports: [Entry]
    /// Which of them go out; nil for those who may not say.
    var action: ActionForm?
    /// The newest first.
    var sent: [SentReport] = []

    struct Entry: Sendable {
        var name: String
        var url: String
        var about: String
        /// When it goes out, and to whom.
        var rhythm: String
    }

    struct SentReport: Sendable {
        var name: String
        var to: String
        var when: String
        var state: String
        var stateKind: DueKind
    }
}

extension ReportIndexPage {
    static func samples(_ words: Words) -> [Sample<ReportIndexPage>] {
        let page = ReportIndexPage(
            frame: .staffSample(words, title: words("reports.heading"), current: "reports"),
            reports: ["open", "overdue", "leader"].map {
                Entry(
                    name: words("reports." + $0), url: "/sandvik/reports/" + $0,
                    about: words("reports.\($0).about"),
                    rhythm: $0 == "leader" ? words("reports.not_mailed") : words("reports.\($0).rhythm"))
            })
        var sent = page
        let fields = FormFields(
            words: words, form: "reports",
            input: FormInput(
                values: ["mailed": ["open"]], errors: [FieldError(field: nil, code: "changed_meanwhile")]))
        sent.summary = fields.summary
        sent.action = ActionForm(
            id: "settings", title: words("reports.settings"), hint: words("reports.settings.hint"),
            url: "/sandvik/reports/settings", version: "1",
            fields: [
                fields.checks(
                    "mailed",
                    ["open", "overdue", "leader"].map { .init(value: $0, text: words("reports." + $0)) })
            ], submit: words("form.save"))
        sent.sent = [
            SentReport(
                name: words("reports.open"), to: "Innbyggertorget", when: DateWords(words: words).dayAndTime(.sample),
                state: words("mailstate.sent"), stateKind: .ok),
            SentReport(
                name: words("reports.overdue"), to: "Havørn Driftsleder",
                when: DateWords(words: words).dayAndTime(.earlierSample), state: words("mailstate.failed"),
                stateKind: .late),
        ]
        return [Sample("nothing-sent", page), Sample("sent", sent)]
    }
}
