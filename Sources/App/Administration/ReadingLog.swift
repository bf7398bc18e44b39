import Database
import Domain
import HTTPTypes

/// `GET /{m}/readings`: who has read which confidential case, for the leaders of its unit and the system owner. That
/// somebody looked here stands in the audit.
enum ReadingLog {
    static let pageSize = 100

    static let routes: [Route] = [
        Route(.get, .readings) { visit, installation in
            try await PageRequest(visit, .staff(nil), installation).show(show, writes: true)
        }
    ]

    /// What the reader asks for, as the address carries it.
    private struct Choice {
        var number: CaseNumber?
        var reader: ID<User>?
        var first: CivilDay?
        var last: CivilDay?
        var errors: [FieldError] = []

        init(_ visit: Visit, _ op: Operation) {
            var input = InputReader(form: FormInput(values: visit.query))
            number = input.caseNumber("case", year: op.today.year)
            reader = input.id("reader")
            if let reader, op.directory.people[reader] == nil { input.fail("reader", "unknown") }
            first = input.day("first", required: false)
            last = input.day("last", required: false)
            if let first, let last, last < first { input.fail("last", "ends_before_it_begins") }
            errors = input.errors
        }

        func condition(_ op: Operation) -> SQL {
            let zone = op.directory.calendar.timeZone
            let conditions: [SQL?] = [
                number.map { "cases.number = \($0.sortKey)" }, reader.map { "readings.user_id = \($0)" },
                first.map { "readings.at >= \(zone.instant(of: $0, at: .midnight))" },
                last.map { "readings.at < \(zone.instant(of: $0 + 1, at: .midnight))" },
            ]
            let all = conditions.compactMap(\.self)
            return all.isEmpty ? "1 = 1" : SQL.joined(all, separator: " AND ")
        }
    }

    /// What of the case they saw; the words are `readings.kind.<raw value>`.
    private enum Kind: String {
        case read, existence, joined
    }

    private struct Line {
        let id: ID<Reading>
        let at: Instant
        let reader: ID<User>
        let subject: ID<Case>
        let number: CaseNumber
        let kind: Kind

        init(_ row: Row) throws {
            id = try row["id"]
            at = try row["at"]
            reader = try row["user_id"]
            subject = try row["case_id"]
            number = CaseNumber(sortKey: try row["number"])
            kind = (try? row["kind"]).flatMap(Kind.init) ?? .read
        }
    }

    private static let show: PageHandler = { visit, op in
        let words = op.words
        let sight = try op.administration.readingLogSight()
        // Of a leader's view it must not sound as if it were all there is.
        let isLed = try !op.directory.isSystemOwner(op.user.id)
        let choice = Choice(visit, op)
        let before = visit.queried("after").flatMap { ID<Reading>(text: $0) } ?? ID(.max)
        let rows =
            choice.errors.isEmpty
            ? try op.tx.rows(
                """
                SELECT readings.*, cases.number FROM readings
                JOIN cases ON cases.municipality = readings.municipality AND cases.id = readings.case_id
                WHERE readings.municipality = \(op.tenant) AND readings.id < \(before) AND \(sight)
                    AND \(choice.condition(op))
                ORDER BY readings.id DESC LIMIT \(pageSize + 1)
                """) : []
        // Not what was looked for: more people read the audit than may know which case is confidential.
        if choice.errors.isEmpty { try op.audit(.readingsSeen, "") }
        let lines = try rows.prefix(pageSize).map(Line.init)
        // Whoever answers for the reading need not be one of those who may read.
        let visible = try op.cases.load(Set(lines.map(\.subject)), in: op.scope)
        let columns = ["when", "who", "case", "kind"].map { words("readings." + $0) }
        let fields = FormFields(
            words: words, form: "readings", input: FormInput(values: visit.query, errors: choice.errors))
        var page = ListPage(
            frame: try op.frame(visit, title: words("readings.heading")), summary: fields.summary,
            heading: choice.number.map { words("readings.of", ["number": "\($0)"]) } ?? words("readings.heading"),
            lead: words(isLed ? "readings.lead.led" : "readings.lead"), columns: columns,
            rows: lines.map { row($0, visible[$0.subject], columns, op) },
            empty: words(
                visit.query.values.joined().contains { !$0.isEmpty }
                    ? "readings.none" : isLed ? "readings.empty.led" : "readings.empty"))
        page.choices = [
            fields.line("case", required: true),
            fields.select("reader", readers(op), prompt: words("readings.anybody"), required: true),
            fields.line("first", type: "date", required: true), fields.line("last", type: "date", required: true),
        ]
        page.choicesURL = op.paths(.readings)
        if rows.count > pageSize, let last = lines.last {
            let query = visit.query(without: ["after", "language"])
            page.next = op.paths(.readings) + "?" + (query.isEmpty ? "" : query + "&") + "after=\(last.id)"
        }
        return .page(page, status: choice.errors.isEmpty ? .ok : .unprocessableContent)
    }

    /// Former colleagues too: what they read stays.
    private static func readers(_ op: Operation) -> [FormField.Option] {
        op.directory.people.values.map(\.user)
            .sorted(in: op.directory.alphabet, by: \.name, id: \.id.rawValue)
            .map { FormField.Option(value: "\($0.id)", text: $0.name) }
    }

    private static func row(_ line: Line, _ visible: Case?, _ columns: [String], _ op: Operation) -> ListRow {
        let times = Times(op.directory.calendar, op.words, op.now)
        return ListRow(cells: [
            // The log is printed: it names the day.
            ListCell(
                column: columns[0],
                text: DateWords(words: op.words).relative(times.moment(line.at), days: -2, thisYear: op.today.year),
                isHeading: true),
            ListCell(
                column: columns[1], text: op.directory.name(of: line.reader),
                url: op.paths(.readings) + "?reader=\(line.reader)"),
            ListCell(
                column: columns[2], text: "\(line.number)", url: op.paths(.readings) + "?case=\(line.number)",
                note: visible.map(op.cases.title)),
            ListCell(column: columns[3], text: op.words("readings.kind." + line.kind.rawValue)),
        ])
    }
}

extension AdministrationFacade {
    /// A condition on the table `cases`: whose readings the user may look at. Throws for who may at none.
    fileprivate func readingLogSight() throws -> SQL {
        let user = try user
        if directory.isSystemOwner(user.id) { return "1 = 1" }
        let led = directory.unitsAnsweredFor(by: user.id)
        guard !led.isEmpty else { throw Refusal.forbidden }
        return "cases.unit_id IN \(list: led.sorted())"
    }

    /// Whether the user may see who has read this case.
    func mayReadLog(of unit: ID<Unit>) throws -> Bool {
        let id = try user.id
        return directory.isSystemOwner(id) || directory.unitsAnsweredFor(by: id).contains(unit)
    }

    var mayReadLog: Bool {
        get throws {
            let id = try user.id
            return directory.isSystemOwner(id) || !directory.unitsAnsweredFor(by: id).isEmpty
        }
    }
}

extension Directory {
    /// The units somebody leads, with those below, where nobody's yes is missing.
    fileprivate func unitsAnsweredFor(by user: ID<User>) -> Set<ID<Unit>> {
        people[user].map { $0.leads.intersection($0.user.confidentialUnits) } ?? []
    }
}
