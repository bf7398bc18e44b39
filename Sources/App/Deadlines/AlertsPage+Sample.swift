extension AlertsPage {
    static func samples(_ words: Words) -> [Sample<AlertsPage>] {
        let deadlines = DeadlineWords(words: words)
        let row = { (what: String, kind: DueKind) in
            AlertRow(
                what: what, kind: kind, title: "Mørkt gatelys ved Strandgata skole", url: "/sandvik/cases/26-10423-4",
                isUnread: true, with: "Jonas, Vei og gatelys", when: DateWords(words: words).dayAndTime(.sample),
                number: "26-10423-4")
        }
        var settled = row(deadlines.late(.feedback, words("alert.settled")), .none)
        settled.isUnread = false
        var secret = row(deadlines.late(.feedback, workingDays: 2), .late)
        secret.title = words("alerts.withheld")
        secret.url = nil
        secret.isConfidential = true
        secret.with = "Byggesaksavdelingens forvaltningsseksjon"
        let page = AlertsPage(
            frame: .staffSample(words, title: words("alerts.heading"), current: "alerts"),
            heading: words("alerts.heading"), lead: words("alerts.none_unread"), rows: [], empty: words("alerts.empty"))
        var many = page
        many.lead = words.count("alerts.unread", 3)
        many.readAll = ActionForm(
            id: "reading", title: words("alerts.read_all"), url: "/sandvik/alerts/reading",
            submit: words("alerts.read_all"))
        many.rows = [
            row(words("alert.acute"), .late), secret,
            row(deadlines.due(.acknowledge, .sample, days: 0, thisYear: 2026), .soon), settled,
        ]
        many.next = "?after=1"
        var wrong = many
        wrong.summary = ErrorSummary(links: [ErrorLink(url: nil, text: words("error.form.forged"))])
        return [Sample("empty", page), Sample("wrong", wrong), Sample("many", many)]
    }
}
