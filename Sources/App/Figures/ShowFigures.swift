import Domain

/// `GET /{m}/figures`: how many contacts came in, how they ended, and what became of the cases (R7.1). The same as a file at
/// `.csv`.
enum ShowFigures {
    /// Days that are shown when nothing was chosen, today among them.
    static let usualDays = 30

    static let routes: [Route] = [
        .page(.figures, for: .staff(.seeFigures)) { visit, op in .page(try page(visit, op)) },
        .page(.figuresFile, for: .staff(.seeFigures)) { visit, op in
            guard let query = query(visit, op).query else {
                return .redirect(op.paths(.figures) + "?" + visit.query(without: []))
            }
            let table = FiguresTable(try query.lines(in: op), by: query.by, in: op)
            var reply = Reply(
                status: .ok, body: .data(table.file.data, type: "text/csv; charset=utf-8"))
            reply.headers[.contentDisposition] =
                "attachment; filename=\"torg-figures-\(query.days.lowerBound)-\(query.days.upperBound).csv\""
            return reply
        },
    ]

    private static func page(_ visit: Visit, _ op: Operation) throws -> FiguresPage {
        let words = op.words
        let (query, input) = query(visit, op)
        let fields = FormFields(words: words, form: "figures", input: input)
        var page = FiguresPage(
            frame: try op.frame(visit, title: words("figures.heading")), summary: fields.summary,
            heading: words("figures.heading"), lead: words("figures.lead"), url: op.paths(.figures),
            choices: [
                fields.line("from", type: "date", required: true), fields.line("to", type: "date", required: true),
                fields.select(
                    "by",
                    FiguresQuery.Grouping.allCases.map {
                        .init(value: $0.rawValue, text: words("figures.by." + $0.rawValue))
                    },
                    required: true),
            ], empty: words("figures.empty"))
        guard let query else { return page }
        let table = FiguresTable(try query.lines(in: op), by: query.by, in: op)
        page.show(table, in: op)
        page.caption = words(
            "figures.caption",
            ["first": day(query.days.lowerBound, op), "last": day(query.days.upperBound, op)])
        page.file = Link(
            text: words("figures.file"),
            url: op.paths(.figures)
                + ".csv?from=\(query.days.lowerBound)&to=\(query.days.upperBound)&by=\(query.by.rawValue)")
        return page
    }

    private static func day(_ day: CivilDay, _ op: Operation) -> String {
        DateWords(words: op.words).dayAndYear(.init(day))
    }

    /// What was chosen, and what to say of it; nil while something in it is wrong.
    private static func query(_ visit: Visit, _ op: Operation) -> (query: FiguresQuery?, input: FormInput) {
        var input = FormInput()
        let (from, to, by) = (visit.queried("from"), visit.queried("to"), visit.queried("by"))
        func day(_ name: String, _ sent: String?, else usual: CivilDay) -> CivilDay {
            let text = sent ?? usual.iso
            input.values[name] = [text]
            if let day = CivilDay(iso: text) { return day }
            input.errors.append(FieldError(field: name, code: text.isBlank ? "required" : "invalid_date"))
            return usual
        }
        let last = day("to", to, else: op.today)
        let first = day("from", from, else: last - (usualDays - 1))
        let grouping = by.map(FiguresQuery.Grouping.init) ?? .category
        input.values["by"] = [by ?? FiguresQuery.Grouping.category.rawValue]
        if grouping == nil { input.errors.append(FieldError(field: "by", code: "unknown")) }
        if input.errors.isEmpty, first > last {
            input.errors.append(FieldError(field: "to", code: "ends_before_it_begins"))
        }
        if input.errors.isEmpty, grouping == .day, last - first >= FiguresQuery.mostDays {
            input.errors.append(
                FieldError(field: "from", code: "too_many_days", values: ["max": "\(FiguresQuery.mostDays)"]))
        }
        guard input.errors.isEmpty, let grouping else { return (nil, input) }
        return (FiguresQuery(days: first...last, by: grouping), input)
    }
}
