import Adapters
import Domain
import Foundation

/// Understands rows by a mapping.
struct RowReader: Sendable {
    let mapping: RequestMapping
    let heading: [String]
    private let index: [String: Int]
    private let timeZone: TimeZone
    /// What was set aside by an earlier import and has been mended.
    private let wasRejected: Bool
    /// What lies after it has not happened yet.
    private let latest: Instant

    /// Throws when the heading lacks a column that the mapping names, or has it twice.
    init(
        _ mapping: RequestMapping, heading: [String], timeZone: TimeZone, now: Instant
    ) throws(MappingFaults) {
        self.mapping = mapping
        self.heading = heading
        self.timeZone = mapping.dates.timeZone ?? timeZone
        latest = now.adding(minutes: 5)
        wasRejected = RejectedRows.wrote(heading)
        index = Dictionary(heading.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var faults: [MappingFaults.Fault] = []
        for column in mapping.columns {
            let count = heading.count { $0 == column.name }
            if count == 1 { continue }
            let problem =
                count == 0
                ? "the file has no such column; it has \(heading.joined(separator: ", "))"
                : "the file has this column \(count) times"
            let fault = MappingFaults.Fault(line: column.line, field: column.name, problem: problem)
            if !faults.contains(where: { $0.field == fault.field }) { faults.append(fault) }
        }
        if !faults.isEmpty { throw MappingFaults(faults: faults) }
    }

    /// The request, or nil when the mapping leaves such rows out.
    func read(_ record: CSVRecord) throws(RowFault) -> ImportedRequest? {
        if let fault = record.fault { throw fault }
        guard record.fields.count == heading.count else {
            throw .fieldCount(record.fields.count, expected: heading.count)
        }
        let row = Row(fields: try record.fields.enumerated().map(tidied), index: index)
        if mapping.leaveOut.contains(where: { $0.values.contains(row[$0.column]) }) { return nil }
        return try read(row)
    }

    /// The fields of a row by the names of their columns, as they are stored.
    struct Row {
        let fields: [String]
        let index: [String: Int]

        subscript(_ column: String) -> String { index[column].map { fields[$0] } ?? "" }

        /// Of a name, a title, an address.
        func line(_ column: String) -> String { (try? TypedText.tidied(self[column], inOneLine: true)) ?? "" }
    }

    /// By the rule that forms and programs are held to as well.
    private func tidied(at column: Int, _ field: String) throws(RowFault) -> String {
        do throws(TypedText.Fault) {
            return try TypedText.tidied(wasRejected ? FormulaGuard.restored(field) : field)
        } catch {
            switch error {
            case .invalidCharacter(let value): throw .invalidCharacter(heading[column], value)
            }
        }
    }

    private func read(_ row: Row) throws(RowFault) -> ImportedRequest {
        let reference = try text(mapping.reference, in: row, max: 200, required: true)
        guard let created = try moment(mapping.created, in: row) else { throw .empty(mapping.created) }
        var remarks: [String] = []
        let category = try value(mapping.category, in: row) { $0.isEmpty ? nil : ["": $0] }
        let unit = try value(mapping.unit, in: row) { $0.isEmpty ? nil : $0 }
        let performer = try value(mapping.performer, in: row) { $0.isEmpty ? nil : $0 }
        let state = try known(mapping.state, in: row)
        let course = try course(state, created, in: row, &remarks)
        let title = QuestionInput.title(of: fill(mapping.title, row, created, nil))
        let text = fill(mapping.text, row, created, nil)
        guard !title.isEmpty, !text.isEmpty else { throw RowFault("the row gives the case no title") }
        guard text.count <= QuestionInput.longestText else { throw RowFault("the text is too long") }
        return ImportedRequest(
            reference: reference, at: created.instant, channel: try known(mapping.channel, in: row),
            person: try person(row), title: title, text: text, category: category.map { name(of: $0, row) },
            categoryNames: category ?? [:], unit: unit, place: try place(row),
            performer: performer, state: mapping.state.column.map { row[$0] } ?? "", course: course, remarks: remarks)
    }

    private func name(of category: [String: String], _ row: Row) -> String {
        if let column = mapping.category?.column, !row[column].isEmpty { return row[column] }
        return category.sorted { $0.key < $1.key }.first?.value ?? ""
    }

    // MARK: Values

    /// What a listed value means; a row with another is set aside.
    private func known<Value>(_ values: RequestMapping.Values<Value>, in row: Row) throws(RowFault) -> Value {
        guard let column = values.column else {
            guard let value = values.otherwise else { throw RowFault("the mapping gives no value") }
            return value
        }
        if let value = values.known[row[column]] ?? values.otherwise { return value }
        if row[column].isEmpty { throw .empty(column) }
        throw .unknown(column, row[column], known: Array(values.known.keys))
    }

    /// As `known`, but a value that is not listed stands for itself.
    private func value<Value>(
        _ values: RequestMapping.Values<Value>?, in row: Row, _ itself: (String) -> Value?
    ) throws(RowFault) -> Value? {
        guard let values else { return nil }
        guard let column = values.column else { return values.otherwise }
        let text = try text(column, in: row, max: 200)
        return values.known[text] ?? values.otherwise ?? itself(text)
    }

    func text(_ column: String, in row: Row, max: Int, required: Bool = false) throws(RowFault) -> String {
        let text = row.line(column)
        if required && text.isEmpty { throw .empty(column) }
        guard text.count <= max else { throw .invalid(column, text, "is longer than \(max) characters") }
        return text
    }

    func fill(_ template: RowTemplate, _ row: Row, _ created: Moment, _ closed: Moment?) -> String {
        template.fill { name in
            switch name {
            case "created_day" where index[name] == nil: created.day.iso
            case "closed_day" where index[name] == nil: (closed ?? created).day.iso
            default: row[name]
            }
        }
    }

    // MARK: Times

    /// A time as it is written, and when it was.
    struct Moment {
        var day: CivilDay
        var instant: Instant
        var isDayOnly: Bool
    }

    /// Nil when the field is empty.
    func moment(_ column: String, in row: Row, mayBeAhead: Bool = false) throws(RowFault) -> Moment? {
        let text = row[column]
        if text.isEmpty { return nil }
        let moment = try read(text, column)
        if moment.instant > latest && !mayBeAhead { throw .invalid(column, text, "lies in the future") }
        return moment
    }

    private func read(_ text: String, _ column: String) throws(RowFault) -> Moment {
        guard let pattern = mapping.dates.pattern else {
            guard let instant = Instant(iso8601: text) else {
                throw .invalid(column, text, "is not written as 2026-07-20T09:12:00Z")
            }
            let time = timeZone.timeOfDay(of: instant)
            return Moment(
                day: timeZone.day(of: instant), instant: instant,
                isDayOnly: mapping.dates.midnightIsDay && time == .midnight)
        }
        let civil: CivilMoment
        do throws(DatePattern.Misreading) {
            civil = try pattern.read(text)
        } catch {
            switch error {
            case .notAsWritten: throw .invalid(column, text, "is not written as \(pattern.text)")
            case .noSuchDay: throw .invalid(column, text, "names a day that does not exist")
            case .noSuchTime: throw .invalid(column, text, "names a time that does not exist")
            }
        }
        guard let instant = timeZone.instant(of: civil) else {
            throw .invalid(column, text, "names a time that the clocks in \(timeZone.identifier) skipped")
        }
        return Moment(
            day: civil.day, instant: instant, isDayOnly: mapping.dates.midnightIsDay && civil.isMidnight)
    }
}
