import Domain
import Foundation

extension RequestMapping {
    /// Reads a mapping file; throws everything that is wrong with it.
    public init(yaml: String) throws(MappingFaults) {
        self = try MappingReader.read(yaml) { reader in RequestMapping(reader) }
    }

    /// Nil when something was noted.
    private init?(_ reader: MappingReader) {
        var columns = ColumnNames()
        let source = reader.text("source", required: true, max: 40)
        let file = reader.part("file") { file in
            (Self.delimiter(file), file.choice("encoding", of: TextEncoding.self) ?? .utf8)
        }
        let dates = reader.part("dates", required: true, Self.dates)
        let reference = columns.name("reference", in: reader, required: true)
        let created = columns.name("created", in: reader, required: true)
        let updated = columns.name("updated", in: reader)
        let closed = Self.closed(reader, &columns)
        let title = columns.template("title", in: reader, required: true)
        let text = columns.template("text", in: reader) ?? title
        let channel = reader.part("channel", required: true) { part in
            columns.values(part) { $0.choice($1, of: Contact.Channel.self) }
        }
        let category = reader.part("category") { part in
            columns.values(part, isOpen: true) { Self.names($1, in: $0) }
        }
        let unit = reader.part("unit") { part in columns.values(part, isOpen: true) { $0.text($1, max: 200) } }
        let performer = reader.part("performer") { part in
            columns.values(part, isOpen: true) { $0.text($1, max: 200) }
        }
        // The ends name columns too, while `values` is at work on the others.
        var named = ColumnNames()
        let state = reader.part("state", required: true) { part in
            columns.values(part) { Self.state($1, in: $0, &named) }
        }
        columns.all += named.all
        let place = reader.part("place") { part in
            Place(
                address: columns.name("address", in: part), latitude: columns.name("latitude", in: part),
                longitude: columns.name("longitude", in: part))
        }
        if let place, (place.latitude == nil) != (place.longitude == nil) {
            reader.fail("place", "latitude and longitude go together")
        }
        let person = reader.part("person") { part in
            Person(
                name: columns.name("name", in: part), email: columns.name("email", in: part),
                phone: columns.name("phone", in: part))
        }
        let leaveOut = reader.part("leave_out") { part in
            part.names.map { name in
                columns.all.append((name, part.line(of: name)))
                return (column: name, values: Set(part.list(name)))
            }
        }
        guard let source, let dates, let reference, let created, let title, let text, let channel, let state else {
            return nil
        }
        self.init(
            source: source, delimiter: file?.0 ?? UInt8(ascii: ","), encoding: file?.1 ?? .utf8, dates: dates,
            reference: reference, created: created, updated: updated, closed: closed, title: title, text: text,
            channel: channel, category: category, unit: unit, performer: performer, state: state, place: place,
            person: person,
            leaveOut: leaveOut ?? [], columns: columns.all)
    }

    private static func delimiter(_ reader: MappingReader) -> UInt8 {
        guard let text = reader.text("delimiter") ?? (reader.has("delimiter") ? " " : nil) else {
            return UInt8(ascii: ",")
        }
        if text == "tab" { return UInt8(ascii: "\t") }
        guard let byte = text.utf8.first, [",", ";", "|"].contains(text) else {
            reader.fail("delimiter", "is one of “,”, “;”, “|” and “tab”")
            return UInt8(ascii: ",")
        }
        return byte
    }

    private static func dates(_ reader: MappingReader) -> Dates? {
        var timeZone: TimeZone?
        if let name = reader.text("time_zone") {
            timeZone = TimeZone(identifier: name)
            if timeZone == nil { reader.fail("time_zone", "“\(name)” is no time zone; write it as Europe/Stockholm") }
        }
        let midnight = reader.choice("midnight", of: Midnight.self) ?? .time
        guard let format = reader.text("format", required: true) else { return nil }
        if format == "iso8601" {
            return Dates(pattern: nil, timeZone: timeZone, midnightIsDay: midnight == .day)
        }
        do throws(DatePattern.Fault) {
            return Dates(pattern: try DatePattern(format), timeZone: timeZone, midnightIsDay: midnight == .day)
        } catch {
            reader.fail("format", error.words)
            return nil
        }
    }

    private enum Midnight: String, CaseIterable { case time, day }

    private static func closed(_ reader: MappingReader, _ columns: inout ColumnNames) -> Closed? {
        if reader.isText("closed") { return columns.name("closed", in: reader).map { Closed(column: $0) } }
        return reader.part("closed") { part in
            let otherwise = columns.name("otherwise", in: part)
            return columns.name("column", in: part, required: true).map { Closed(column: $0, otherwise: otherwise) }
        }
    }

    /// A name, or one for each language.
    private static func names(_ name: String, in reader: MappingReader) -> [String: String]? {
        if reader.isText(name) { return reader.text(name, max: 200).map { ["": $0] } }
        return reader.part(name) { part in
            for language in part.names where language.wholeMatch(of: /[a-z]{2,3}/) == nil {
                part.fail(language, "is no language code, as sv or en")
            }
            return part.names.reduce(into: [:]) { $0[$1] = part.text($1, max: 200) }
        }
    }
}

extension DatePattern.Fault {
    fileprivate var words: String {
        switch self {
        case .unknown(let letters):
            "“\(letters)” is not known; there are yyyy, MM, M, dd, d, HH, H, hh, h, mm, ss, a, and text in 'quotes'"
        case .twice(let letters): "“\(letters)” stands there twice"
        case .missing(let letters): "“\(letters)” is missing"
        case .quote: "a quote (') is not closed"
        }
    }
}
