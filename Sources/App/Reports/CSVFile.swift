import Foundation

/// A table as CSV that office programs open as it is meant: UTF-8 with a byte order mark, semicolons (which is what they
/// expect where a comma parts the decimals), quotes as in RFC 4180.
struct CSVFile: Sendable {
    var header: [String]
    var rows: [[String]]

    var data: Data {
        var data = Data([0xef, 0xbb, 0xbf])
        for row in [header] + rows {
            data.append(contentsOf: row.map(Self.field).joined(separator: ";").utf8)
            data.append(contentsOf: [0x0d, 0x0a])
        }
        return data
    }

    /// What a spreadsheet would take for a formula is put behind an apostrophe: titles are other people's words.
    static func field(_ text: String) -> String {
        let first = text.unicodeScalars.first { $0 != " " && $0 != "\u{a0}" }
        let isFormula = first.map { "=+-@\t\r\n|%".unicodeScalars.contains($0) } ?? false
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2d } && Int64(text) != nil
        let safe = isFormula && !isNumber ? "'" + text : text
        guard safe.utf8.contains(where: { [0x3b, 0x22, 0x0a, 0x0d].contains($0) }) else { return safe }
        return "\"\(safe.replacing("\"", with: "\"\""))\""
    }
}
