extension CaseListPage {
    static func samples(_ words: Words) -> [Sample<CaseListPage>] {
        let page = { (rows: Int, empty: String) in
            CaseListPage(
                frame: .staffSample(words, title: "Vei og gatelys", current: "units/7"), heading: "Vei og gatelys",
                summary: words.count("list.summary.open", rows) + ", " + words("list.summary.none_late"),
                rows: CaseRow.samples(words, count: rows), empty: words(empty))
        }
        var many = page(12, "list.empty")
        many.next = "?after=12"
        many.summary =
            words.count("list.summary.open", 12) + ", " + words.count("list.summary.late", 3) + ". "
            + words("list.summary.receiver", ["person": "Jonas"])
        many.people = Link(text: words("absence.unit"), url: "units/7/people")
        many.look = LookNotice(
            text: words("look.last", ["person": "Jonas", "when": words("date.yesterday")]) + " "
                + words.count("look.new", 3),
            isWaiting: true,
            action: ActionForm(
                id: "look", title: words("look.done"), url: "units/7/look",
                hidden: [HiddenValue(name: "seen", value: "2026-07-20T07:12:00Z")], submit: ""))
        many.filters = [
            Filter(text: words("list.filter.all"), url: "?", count: "12", isCurrent: true),
            Filter(text: words("list.filter.not_acknowledged"), url: "?filter=not_acknowledged", count: "6"),
            Filter(text: words("list.filter.parked"), url: "?filter=mine", count: "9"),
            Filter(text: words("list.filter.acute"), url: "?filter=acute"),
        ]
        var none = page(0, "list.empty.intake")
        none.look = LookNotice(text: words("look.never"), isWaiting: false)
        var new = page(2, "list.empty.intake")
        new.hidesState = true
        for index in new.rows.indices { new.rows[index].state = nil }
        return [
            Sample("new", new),
            Sample("empty", none), Sample("one", page(1, "list.empty")), Sample("many", many),
        ]
    }
}
