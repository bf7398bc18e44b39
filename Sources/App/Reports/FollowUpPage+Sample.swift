extension FollowUpPage {
    static func samples(_ words: Words) -> [Sample<FollowUpPage>] {
        let page = { (report: String, groups: [Group]) in
            FollowUpPage(
                frame: .staffSample(words, title: words("reports." + report), current: "reports"),
                back: Link(text: words("reports.back"), url: "/sandvik/reports"), heading: words("reports." + report),
                lead: words("reports.\(report).about"),
                filters: ["open", "overdue", "leader"].map {
                    Filter(text: words("reports." + $0), url: "/sandvik/reports/" + $0, isCurrent: $0 == report)
                },
                url: "/sandvik/reports/" + report, groups: groups, empty: words("reports.empty." + report))
        }
        let fields = FormFields(words: words, form: "reports")
        let rows = CaseRow.samples(words, count: 3)
        let sum = words.count("list.summary.open", 37) + ", " + words.count("list.summary.late", 4)
        var many = page(
            "open",
            [
                Group(
                    id: "7", name: "Vei og gatelys", url: "/sandvik/reports/open?unit=7", sum: sum, rows: rows,
                    cut: words("reports.cut", ["shown": "3", "count": "37"])),
                Group(
                    id: "8", name: "Vann-, avløps- og renovasjonsavdelingen", sum: words.count("list.summary.open", 1),
                    rows: [rows[2]]),
            ])
        many.summary = sum
        many.rest = words.count("reports.rest", 2)
        many.choices = [
            fields.select(
                "leader", [.init(value: "3", text: "Havørn Driftsleder")], prompt: words("reports.leader.choose")),
            fields.select("unit", [.init(value: "7", text: "Vei og gatelys")], prompt: words("reports.unit.all")),
        ]
        many.files = ["csv", "xlsx"].map { Link(text: words("reports.file." + $0), url: "/sandvik/reports/open." + $0) }
        return [
            Sample("empty", page("leader", [])), Sample("nothing-overdue", page("overdue", [])), Sample("many", many),
        ]
    }
}
