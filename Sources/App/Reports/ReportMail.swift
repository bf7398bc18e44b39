import Domain

/// A report as the text of a mail: how much there is in each unit, and the most urgent cases with links.
struct ReportMail: Sendable {
    /// More is better read on the page.
    static let mostLines = 30

    var subject: String
    var body: String
    /// The cases whose words it tells.
    var mentions: Set<ID<Case>> = []

    /// nil when there is nothing to tell; only the contact centre hears of that, each day, so that silence never means
    /// that something is broken.
    init?(_ due: DueReport, for receiver: ReportReceiver, in op: Operation) throws {
        let op = op.speaking(receiver.language)
        let (words, report) = (op.words, due.report)
        let day = Times(op.directory.calendar, words, op.now).day(op.now)
        var link = op.installation.settings.publicURL + op.paths(.report(report))
        var query = FollowUpQuery(report: report, scope: .mailed(to: receiver.units), units: nil)
        if case .leader(let leader) = receiver.whose {
            query.units = op.directory.units(ledBy: leader)
            if report == .leader { link += "?leader=\(leader)" }
        }
        var values = ["day": day, "link": link, "municipality": op.municipality.name]
        let sums = try query.sums(in: op)
        guard !sums.isEmpty else {
            guard report == .open else { return nil }
            subject = words("mail.report_open.none.subject", values)
            body = words("mail.report_open.none.body", values)
            return
        }
        let total = sums.reduce(0) { $0 + $1.total }
        let lines = try query.readableLines(limit: Self.mostLines, in: op)
        mentions = Set(lines.compactMap { CaseOutside($0.shown, in: op).mentioned })
        values["sum"] = FollowUpWords(op).sum(sums, in: report)
        values["units"] = try Self.units(query, op)
        values["lines"] = Self.lines(lines, report, op)
        values["away"] = ""
        if case .leader(let leader) = receiver.whose, let reason = receiver.reason {
            values["away"] = words("reports.mail." + reason.rawValue, ["name": op.directory.name(of: leader)])
        }
        values["cut"] =
            lines.count < total
            ? words("reports.mail.cut", ["shown": "\(lines.count)", "count": "\(total)"]) : ""
        subject = words(report.messageKind.subjectKey, values)
        body = words(report.messageKind.bodyKey, values)
    }

    /// "Roads: 37 open cases, 4 late". What is confidential is counted apart, without its units: of a unit with one case
    /// the sum would tell where the line below belongs.
    private static func units(_ query: FollowUpQuery, _ op: Operation) throws -> String {
        let words = FollowUpWords(op)
        func sums(_ isConfidential: Int) throws -> [FollowUpQuery.Sum] {
            var part = query
            part.scope = CaseScope(
                condition: "(\(query.scope.condition) AND cases.is_confidential = \(isConfidential))")
            return try part.sums(in: op)
        }
        var lines = try sums(0).map { op.directory.name(of: $0.unit) + ": " + words.sum([$0], in: query.report) }
        let confidential = try sums(1)
        if !confidential.isEmpty {
            lines.append(op.words("case.confidential") + ": " + words.sum(confidential, in: query.report))
        }
        return lines.joined(separator: "\n")
    }

    /// What it is about, who has it, how late it is, and where to read it.
    private static func lines(_ lines: [FollowUpQuery.Line], _ report: FollowUpReport, _ op: Operation) -> String {
        let words = FollowUpWords(op)
        return lines.map { line in
            let outside = CaseOutside(line.shown, in: op)
            var title = outside.title
            if let shown = outside.open {
                let unit = shown.handler == nil ? nil : op.directory.name(of: shown.unit)
                title += " (" + [op.cases.holder(of: shown), unit].compactMap(\.self).joined(separator: ", ") + ")"
            }
            return [
                title, words.due(line, in: report).text,
                op.installation.settings.publicURL + op.paths(.case, outside.number),
            ].joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}

extension CaseScope {
    /// What may stand in a mail: confidential cases only to those who read them in Torg, and there without their titles.
    static func mailed(to units: Set<ID<Unit>>) -> CaseScope {
        CaseScope(.any([.open, .unit(units)]))
    }
}
