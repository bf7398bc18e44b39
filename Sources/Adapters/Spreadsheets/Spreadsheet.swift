import CXLSXWriter
import Foundation

/// A table as a file that spreadsheet programs open (XLSX).
///
/// Texts stay texts: what begins with `=` is not a formula, and a telephone number keeps its first zero.
public struct Spreadsheet: Sendable {
    public enum Cell: Sendable, Hashable {
        case text(String)
        case number(Double)
        /// Wall clock time, as the reader sees it; a spreadsheet knows no time zones.
        case time(year: Int, month: Int, day: Int, hour: Int, minute: Int)
        /// A text that leads to an address, http or https.
        case link(String, url: String)
        case empty
    }

    /// The sheet's name: at most 31 letters are kept, without `[ ] : * ? / \`.
    public var name: String
    public var header: [String]
    public var rows: [[Cell]]

    public init(name: String, header: [String], rows: [[Cell]]) {
        self.name = name
        self.header = header
        self.rows = rows
    }

    /// More cannot be in one sheet (1,048,576 rows with the header).
    public static let mostRows = 1_048_575

    /// The file. Blocks while it writes, in a temporary folder of its own that is gone afterwards.
    /// - Throws: ``SpreadsheetError`` when there are too many rows, or no room to write.
    public func xlsx() throws -> Data {
        guard rows.count <= Spreadsheet.mostRows else { throw SpreadsheetError.tooManyRows }
        return try withOwnFolder { folder in
            let file = folder.appending(path: "table.xlsx")
            let writer = try SpreadsheetWriter(
                path: file.path(percentEncoded: false), scratch: folder.path(percentEncoded: false), name: sheetName)
            writer.write(header: header)
            for (index, row) in rows.enumerated() { writer.write(row, at: index + 1) }
            writer.widen(widths())
            writer.addFilter(columns: header.count, rows: rows.count)
            try writer.close()
            return try Data(contentsOf: file)
        }
    }

    /// The file, written on a thread of its own.
    /// - Throws: as ``xlsx()``.
    public func write() async throws -> Data { try await ownThread { try xlsx() } }

    private var sheetName: String {
        let allowed = name.filter { !"[]:*?/\\'".contains($0) }
        return allowed.isEmpty ? "Torg" : String(allowed.prefix(31))
    }

    /// In characters: as wide as the widest cell, within reason.
    private func widths() -> [Int] {
        header.indices.map { column in
            let cells = rows.prefix(1_000).map { $0.indices.contains(column) ? $0[column].width : 0 }
            return min(60, max(header[column].count, cells.max() ?? 0) + 2)
        }
    }
}

public enum SpreadsheetError: Error, Equatable, Sendable {
    case tooManyRows
    /// libxlsxwriter's number for it: no room, no rights.
    case notWritten(code: Int)
}

extension Spreadsheet.Cell {
    /// What it takes, in characters.
    fileprivate var width: Int {
        switch self {
        case .text(let text), .link(let text, _): text.count
        case .number: 10
        case .time: 16
        case .empty: 0
        }
    }
}
