import Adapters
import Foundation

/// A table as CSV that office programs open as it is meant: UTF-8 with a byte order mark, semicolons (which is what they
/// expect where a comma parts the decimals), quotes as in RFC 4180.
struct CSVFile: Sendable {
    var header: [String]
    var rows: [[String]]

    var data: Data {
        var data = Data([0xef, 0xbb, 0xbf])
        for row in [header] + rows {
            data.append(contentsOf: row.map { Self.field($0) }.joined(separator: ";").utf8)
            data.append(contentsOf: [0x0d, 0x0a])
        }
        return data
    }

    /// Titles are other people's words: none becomes a formula.
    ///
    /// - Parameter delimiters: what may part the fields, for whatever program opens the file.
    static func field(_ text: String, partedBy delimiters: [UInt8] = [0x2c, 0x3b, 0x09]) -> String {
        let safe = FormulaGuard.disarmed(text)
        guard safe.utf8.contains(where: { [0x22, 0x0a, 0x0d].contains($0) || delimiters.contains($0) }) else {
            return safe
        }
        return "\"\(safe.replacing("\"", with: "\"\""))\""
    }
}
