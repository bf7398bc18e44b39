extension WatchPage {
    static func samples(_ words: Words) -> [Sample<WatchPage>] {
        let empty = WatchPage(
            frame: .staffSample(words, title: words("navigation.watch"), current: "watch"),
            heading: words("navigation.watch"), lead: words("watch.none"),
            updated: words("watch.updated", ["time": "9.12"]), interval: "30", url: "/sandvik/watch",
            columns: WatchKind.allCases.map { words("watch." + $0.rawValue) }, units: [],
            listHeading: words("watch.oldest"), rows: [], empty: words("watch.empty"))
        var many = empty
        many.lead = words.count("watch.total", 23)
        many.notices = [
            WatchNotice(
                heading: words("watch.missed.heading"),
                links: [
                    Link(text: "26-10021-7 Sluket ved Elvegata er tett", url: "/sandvik/cases/26-10021-7"),
                    Link(text: words("watch.all"), url: "/sandvik/watch?show=missed"),
                ]),
            WatchNotice(
                heading: words("watch.not_looked", ["days": words.count("watch.days_back", 14)]),
                links: [
                    Link(
                        text: words.count("watch.days", 2, ["unit": "Vei og gatelys"]), url: "/sandvik/units/7")
                ]),
            WatchNotice(
                heading: words.count("watch.no_substitute", 2),
                links: [
                    Link(text: "Vei og gatelys", url: "/sandvik/units/7"),
                    Link(text: "Vann-, avløps- og renovasjonsavdelingen", url: "/sandvik/units/8"),
                ]),
        ]
        many.units = [
            unit("Vann-, avløps- og renovasjonsavdelingen", [1, 4, 3, 2, 0, 2], words),
            unit("Vei og gatelys", [0, 2, 5, 0, 1, 3], words),
            unit(words("watch.sum"), [1, 6, 8, 2, 1, 5], words, isSum: true),
        ]
        many.rows = CaseRow.samples(words, count: 3)
        many.all = Link(text: words("watch.all"), url: "/sandvik/watch")
        many.next = "?after=3.3"
        return [Sample("empty", empty), Sample("many", many)]
    }

    private static func unit(_ name: String, _ counts: [Int], _ words: Words, isSum: Bool = false) -> WatchUnit {
        WatchUnit(
            name: name, url: "/sandvik/watch",
            cells: zip(WatchKind.allCases, counts).map { kind, count in
                let column = words("watch." + kind.rawValue)
                return WatchCell(
                    column: column, count: "\(count)", url: count == 0 ? nil : "/sandvik/watch?show=\(kind.rawValue)",
                    name: words("watch.cell", ["unit": name, "kind": column]))
            }, isSum: isSum)
    }
}
