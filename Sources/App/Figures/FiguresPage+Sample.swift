extension FiguresPage {
    static func samples(_ words: Words) -> [Sample<FiguresPage>] {
        let columns = ["figures.by.category"] + FiguresTable.Column.allCases.map { "figures.column." + $0.rawValue }
        func page(_ rows: [FiguresTable.Row], errors: [FieldError] = []) -> FiguresPage {
            let input = FormInput(
                values: ["from": ["2026-11-01"], "to": ["2026-11-30"], "by": ["category"]], errors: errors)
            let fields = FormFields(words: words, form: "figures", input: input)
            let shown = columns.map { words($0) }
            let sum =
                rows.isEmpty
                ? nil
                : FiguresTable.Row(
                    name: words("figures.sum"), numbers: [12_345, 9_876, 80, 2_469, 2_400, 1_200, 900, 300, 12])
            return FiguresPage(
                frame: .staffSample(words, title: words("figures.heading"), current: "figures"),
                summary: fields.summary, heading: words("figures.heading"), lead: words("figures.lead"),
                url: "/sandvik/figures",
                choices: [
                    fields.line("from", type: "date", required: true), fields.line("to", type: "date", required: true),
                    fields.select(
                        "by",
                        FiguresQuery.Grouping.allCases.map {
                            .init(value: $0.rawValue, text: words("figures.by." + $0.rawValue))
                        }, required: true),
                ],
                caption: errors.isEmpty
                    ? words("figures.caption", ["first": "2026-11-01", "last": "2026-11-30"]) : nil,
                file: rows.isEmpty ? nil : Link(text: words("figures.file"), url: "/sandvik/figures.csv"),
                columns: rows.isEmpty ? [] : shown, rows: rows.map { Row($0, shown, words) },
                sum: sum.map { Row($0, shown, words) }, empty: words("figures.empty"))
        }
        let many = [
            FiguresTable.Row(name: "Vei og gatelys", numbers: [9_345, 7_876, 84, 1_469, 1_400, 900, 400, 100, 12]),
            FiguresTable.Row(
                name: "Renovasjon, gjenvinningsstasjoner og hageavfall",
                numbers: [3_000, 2_000, 67, 1_000, 1_000, 300, 500, 200, 0]),
            FiguresTable.Row(name: words("figures.no_category"), numbers: [0, 0, nil, 0, 0, 0, 0, 0, 0]),
        ]
        return [
            Sample("empty", page([])),
            Sample("errors", page([], errors: [FieldError(field: "to", code: "ends_before_it_begins")])),
            Sample("many", page(many)),
        ]
    }
}
