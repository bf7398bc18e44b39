import Adapters
import Domain
import Foundation

/// A report as a file: every case, the most urgent first. Whoever may not see a case has no line of it; what only its
/// unit may read stands without its title, unit, handler and category, since a file goes further than its reader.
struct ReportFile: Sendable {
    enum Format: String, CaseIterable, Sendable {
        case csv, xlsx

        var type: String {
            switch self {
            case .csv: "text/csv; charset=utf-8"
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        }
    }

    var query: FollowUpQuery
    var format: Format

    /// Lines. A municipality with more open cases has other worries than a long file; the last line says that it ends.
    static let most = 20_000
    /// Lines read in one transaction, so that nobody waits for a long file.
    static let portion = 1_000

    /// Everything is read and written after the page's own transaction has ended.
    func reply(in op: Operation) -> Reply {
        let (installation, tenant, actor, language) = (op.installation, op.tenant, op.actor, op.language)
        let name = "torg-\(query.report.rawValue)-\(op.today).\(format.rawValue)"
        var reply = Reply(
            status: .ok,
            body: .work { [self] in
                .data(try await data(of: tenant, in: installation, as: actor, language: language), type: format.type)
            })
        reply.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        return reply
    }

    func data(
        of tenant: ID<Municipality>, in installation: Installation, as actor: Actor, language: String?
    ) async throws -> Data {
        let table = try await table(of: tenant, in: installation, as: actor, language: language)
        switch format {
        case .csv: return CSVFile(header: table.header, rows: table.rows.map { $0.map(\.csv) }).data
        case .xlsx: return try await table.write()
        }
    }

    /// - Throws: what the database throws.
    func table(
        of tenant: ID<Municipality>, in installation: Installation, as actor: Actor, language: String?,
        most: Int = most
    ) async throws -> Spreadsheet {
        var (header, name): ([String], String) = ([], "")
        var rows: [[Spreadsheet.Cell]] = []
        var seen: Set<ID<Case>> = []
        var after: CaseList.Cursor?
        while true {
            let limit = min(Self.portion, most - rows.count) + 1
            let from = after
            let portion = try await installation.read(tenant, language: language, as: { _, _, _ in actor }) { op in
                Portion(try query.lines(after: from, limit: limit, in: op), of: query.report, in: op)
            }
            (header, name) = (portion.header, portion.name)
            // A case whose deadline moved meanwhile may come once more.
            for (id, cells) in portion.rows.prefix(limit - 1) where seen.insert(id).inserted { rows.append(cells) }
            guard portion.rows.count == limit else { break }
            guard rows.count < most else {
                rows.append([.text(portion.end)])
                break
            }
            after = portion.cursors[limit - 2]
        }
        return Spreadsheet(name: name, header: header, rows: rows)
    }
}

extension ReportFile {
    /// Some lines, as cells.
    private struct Portion: Sendable {
        var header: [String]
        var name: String
        var rows: [(ID<Case>, [Spreadsheet.Cell])]
        var cursors: [CaseList.Cursor]
        /// The last line of a list that does not end.
        var end: String

        init(_ lines: [FollowUpQuery.Line], of report: FollowUpReport, in op: Operation) {
            let words = FollowUpWords(op, isKept: true)
            header = Self.columns.map { op.words("reports.column." + $0) }
            name = op.words("reports." + report.rawValue)
            rows = lines.map { ($0.shown.id, Self.cells($0, report, words, op)) }
            cursors = lines.map(\.cursor)
            end = op.words("reports.file.end", ["count": "\(ReportFile.most)"])
        }

        private static let columns = [
            "number", "title", "unit", "with", "state", "category", "received", "what", "due", "days_late",
            "first_answer", "first_answer_given", "measures", "link",
        ]

        private static func cells(
            _ line: FollowUpQuery.Line, _ report: FollowUpReport, _ words: FollowUpWords, _ op: Operation
        ) -> [Spreadsheet.Cell] {
            let shown = line.shown
            let outside = CaseOutside(shown, in: op)
            let open = outside.open
            let url = op.installation.settings.publicURL + op.paths(.case, shown.number)
            let time = { (instant: Instant) in Spreadsheet.Cell(instant, in: op) }
            return [
                .link("\(shown.number)", url: url), .text(outside.title),
                .text(open.map { op.directory.name(of: op.directory.unitInCharge(of: $0)) } ?? ""),
                .text(open.map { op.cases.holder(of: $0) } ?? ""),
                .text(op.cases.stateInWords(of: shown)),
                .text(op.directory.name(ofCategory: open?.category, in: op.language) ?? ""), time(shown.createdAt),
                .text(words.due(line, in: report).text),
                line.measuredFrom(in: report).map(time) ?? .empty,
                .number(Double(words.workingDaysLate(line, in: report))), time(line.firstAnswerDue),
                shown.feedbackAt.map(time) ?? .empty,
                .text(op.words(line.hasMeasures ? "reports.yes" : "reports.no")), .text(url),
            ]
        }
    }
}

extension Spreadsheet.Cell {
    /// As the municipality's clocks show it.
    init(_ instant: Instant, in op: Operation) {
        let zone = op.directory.calendar.timeZone
        let (day, minutes) = (zone.day(of: instant), zone.timeOfDay(of: instant).minutes)
        self = .time(year: day.year, month: day.month, day: day.day, hour: minutes / 60, minute: minutes % 60)
    }

    /// As a field of CSV: days and times as ISO 8601 writes them, without the zone.
    var csv: String {
        switch self {
        case .text(let text), .link(let text, _): text
        case .number(let number): number == number.rounded() ? "\(Int64(number))" : "\(number)"
        case .time(let year, let month, let day, let hour, let minute):
            "\(CivilDay(year: year, month: month, day: day)?.iso ?? "") "
                + (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
        case .empty: ""
        }
    }
}
