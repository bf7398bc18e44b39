import Domain

/// `GET /{m}/reports/open`, `/overdue` and `/leader`: what has to be followed up, by unit, each line with who has it and
/// how late it is (R4.6). The same as a file at `.csv` and `.xlsx`.
enum ShowReport {
    /// Of one unit while all are shown, and of the whole page: a report is for looking through, a file for the rest.
    static let mostOfUnit = 50
    static let most = 500

    static let routes: [Route] = FollowUpReport.allCases.flatMap { report -> [Route] in
        [.page(.report(report), for: .staff(nil)) { visit, op in .page(try page(report, visit, op)) }]
            + ReportFile.Format.allCases.map { format in
                .page(.reportFile(report, format), for: .staff(nil)) { visit, op in
                    let choice = try ReportChoice(report, visit, in: op)
                    guard let query = try choice.query(in: op) else { return .redirect(op.paths(.report(report))) }
                    return ReportFile(query: query, format: format).reply(in: op)
                }
            }
    }

    private static func page(_ report: FollowUpReport, _ visit: Visit, _ op: Operation) throws -> FollowUpPage {
        let (words, url) = (op.words, op.paths(.report(report)))
        let choice = try ReportChoice(report, visit, in: op)
        var page = FollowUpPage(
            frame: try op.frame(visit, title: words("reports." + report.rawValue)),
            back: Link(text: words("reports.back"), url: op.paths(.reports)),
            heading: heading(choice, op), lead: words("reports.\(report.rawValue).about"),
            filters: FollowUpReport.allCases.map {
                Filter(text: words("reports." + $0.rawValue), url: op.paths(.report($0)), isCurrent: $0 == report)
            }, url: url, choices: choices(choice, op), empty: words("reports.empty." + report.rawValue))
        guard let query = try choice.query(in: op) else {
            page.empty = words(choice.leaders.isEmpty ? "reports.leader.none" : "reports.leader.first")
            return page
        }
        let sums = try query.sums(in: op)
        guard !sums.isEmpty else { return page }
        page.summary = FollowUpWords(op).sum(sums, in: report)
        page.files = ReportFile.Format.allCases.map {
            Link(
                text: words("reports.file." + $0.rawValue),
                url: op.paths(.reportFile(report, $0)) + choice.query(unit: choice.unit))
        }
        let lengths = lengths(of: sums.map(\.total))
        page.groups = try groups(Array(sums.prefix(lengths.count)), lengths, query, choice, op)
        let rest = sums.count - lengths.count
        if rest > 0 { page.rest = words.count("reports.rest", rest) }
        return page
    }

    /// Of the leader's list also whose, so that it stands on paper too.
    private static func heading(_ choice: ReportChoice, _ op: Operation) -> String {
        guard choice.report == .leader, let leader = choice.leader else {
            return op.words("reports." + choice.report.rawValue)
        }
        return op.words("reports.leader.of", ["name": op.directory.name(of: leader)])
    }

    private static func choices(_ choice: ReportChoice, _ op: Operation) -> [FormField] {
        let fields = FormFields(words: op.words, form: "reports")
        let leaders = choice.leaders.map { FormField.Option(value: "\($0.id)", text: $0.name) }
        let units = choice.units.map { FormField.Option(value: "\($0.id)", text: $0.name) }
        var all: [FormField] = []
        if leaders.count > 1 || (choice.leader == nil && !leaders.isEmpty) {
            all.append(
                fields.select(
                    "leader", leaders, value: choice.leader.map(\.description) ?? "",
                    prompt: choice.leader == nil ? op.words("reports.leader.choose") : nil, required: true))
        }
        if units.count > 1, choice.report != .leader || choice.leader != nil {
            all.append(
                fields.select(
                    "unit", units, value: choice.unit.map(\.description) ?? "", prompt: op.words("reports.unit.all"),
                    required: true))
        }
        return all
    }

    /// How many lines each unit has on the page, of those that have any before the page is full.
    static func lengths(of totals: [Int]) -> [Int] {
        var left = most
        var lengths: [Int] = []
        for total in totals where left > 0 {
            lengths.append(min(total, left, totals.count == 1 ? most : mostOfUnit))
            left -= lengths.last ?? 0
        }
        return lengths
    }

    private static func groups(
        _ sums: [FollowUpQuery.Sum], _ lengths: [Int], _ query: FollowUpQuery, _ choice: ReportChoice, _ op: Operation
    ) throws -> [FollowUpPage.Group] {
        let words = FollowUpWords(op)
        return try zip(sums, lengths).map { sum, length in
            let lines = try query.lines(of: sum.unit, limit: length, in: op)
            var rows = try op.cases.rows(for: lines.map(\.shown))
            for (index, line) in lines.enumerated() {
                let due = words.due(line, in: query.report)
                (rows[index].due, rows[index].dueKind) = (due.text, due.kind)
            }
            let isCut = lines.count < sum.total
            return FollowUpPage.Group(
                id: "\(sum.unit)", name: op.directory.name(of: sum.unit),
                url: choice.unit == nil && choice.units.contains { $0.id == sum.unit }
                    ? op.paths(.report(query.report)) + choice.query(unit: sum.unit) : nil,
                sum: words.sum([sum], in: query.report), rows: rows,
                cut: isCut
                    ? op.words("reports.cut", ["shown": "\(lines.count)", "count": "\(sum.total)"]) : nil)
        }
    }
}
