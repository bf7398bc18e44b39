import CXLSXWriter

/// One workbook of libxlsxwriter with one sheet. The library frees everything when it is closed, also when that fails.
final class SpreadsheetWriter {
    private let book: UnsafeMutablePointer<lxw_workbook>
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let bold: UnsafeMutablePointer<lxw_format>?
    private let time: UnsafeMutablePointer<lxw_format>?
    private var isOpen = true

    /// XLSX holds no longer texts.
    private static let mostCharacters = 32_767
    private static let mostURL = 2_000
    private static let a4: UInt8 = 9

    /// - Parameter scratch: the folder for what has not been put together yet.
    init(path: String, scratch: String, name: String) throws {
        let made = scratch.withCString { scratch in
            var options = lxw_workbook_options()
            // The library copies it.
            options.tmpdir = UnsafeMutablePointer(mutating: scratch)
            return workbook_new_opt(path, &options)
        }
        guard let book = made else { throw SpreadsheetError.notWritten(code: -1) }
        guard let sheet = workbook_add_worksheet(book, name) else {
            _ = workbook_close(book)
            throw SpreadsheetError.notWritten(code: -1)
        }
        self.book = book
        self.sheet = sheet
        // The same table is the same file, whenever it is made: with the first day that a ZIP can name.
        var properties = lxw_doc_properties()
        properties.created = 315_532_800
        workbook_set_properties(book, &properties)
        bold = workbook_add_format(book)
        format_set_bold(bold)
        time = workbook_add_format(book)
        format_set_num_format(time, "yyyy-mm-dd hh:mm")
    }

    deinit { if isOpen { _ = workbook_close(book) } }

    /// The first row, which stays in sight, on paper too.
    func write(header: [String]) {
        for (column, text) in header.enumerated() {
            worksheet_write_string(sheet, 0, lxw_col_t(column), text, bold)
        }
        worksheet_freeze_panes(sheet, 1, 0)
        worksheet_repeat_rows(sheet, 0, 0)
        worksheet_set_landscape(sheet)
        // All columns on one sheet's width, as many sheets down as it takes.
        worksheet_fit_to_pages(sheet, 1, 0)
        worksheet_set_paper(sheet, SpreadsheetWriter.a4)
    }

    /// Lets the reader choose and sort by any column.
    func addFilter(columns: Int, rows: Int) {
        guard columns > 0 else { return }
        worksheet_autofilter(sheet, 0, 0, lxw_row_t(rows), lxw_col_t(columns - 1))
    }

    func write(_ cells: [Spreadsheet.Cell], at row: Int) {
        let row = lxw_row_t(row)
        for (column, cell) in cells.enumerated() {
            let column = lxw_col_t(column)
            switch cell {
            case .text(let text): write(text, row, column)
            case .number(let number): worksheet_write_number(sheet, row, column, number, nil)
            case .time(let year, let month, let day, let hour, let minute):
                var moment = lxw_datetime(
                    year: Int32(year), month: Int32(month), day: Int32(day), hour: Int32(hour), min: Int32(minute),
                    sec: 0)
                worksheet_write_datetime(sheet, row, column, &moment, time)
            case .link(let text, let url):
                // Longer addresses and more than 65,530 of them are no links to the library: then the text alone.
                let isLink =
                    url.utf8.count <= SpreadsheetWriter.mostURL
                    && worksheet_write_url(sheet, row, column, url, nil) == LXW_NO_ERROR
                write(text, row, column, isLink ? workbook_get_default_url_format(book) : nil)
            case .empty: break
            }
        }
    }

    func widen(_ widths: [Int]) {
        for (column, width) in widths.enumerated() {
            worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), Double(width), nil)
        }
    }

    func close() throws {
        isOpen = false
        let result = workbook_close(book)
        if result != LXW_NO_ERROR { throw SpreadsheetError.notWritten(code: Int(result.rawValue)) }
    }

    private func write(
        _ text: String, _ row: lxw_row_t, _ column: lxw_col_t, _ format: UnsafeMutablePointer<lxw_format>? = nil
    ) {
        worksheet_write_string(sheet, row, column, SpreadsheetWriter.storable(text), format)
    }

    /// The text as a file in XML can hold it, whatever was stored: without characters that XML forbids, and cut where
    /// spreadsheet programs, which count in UTF-16, would find the file broken.
    static func storable(_ text: String) -> String {
        guard text.utf16.count > mostCharacters || !text.unicodeScalars.allSatisfy(isXML) else { return text }
        var units = 0
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            units += UTF16.width(scalar)
            if units > mostCharacters { break }
            kept.append(isXML(scalar) ? scalar : "\u{FFFD}")
        }
        return String(kept)
    }

    /// XML 1.0, 2.2.
    private static func isXML(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: true
        case 0..<0x20, 0xFFFE, 0xFFFF: false
        default: true
        }
    }
}
