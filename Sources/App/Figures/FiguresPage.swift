/// Figures of some days: a table with a line for each category, unit, channel, day or month.
struct FiguresPage: Page {
    static let template = "figures/figures"

    var frame: Frame
    var summary: ErrorSummary?
    var heading: String
    var lead: String
    /// Where the choice is sent.
    var url: String
    /// Which days, and by what.
    var choices: [FormField]
    /// Of which days the table is.
    var caption: String?
    /// The same table as a file.
    var file: Link?
    var columns: [String] = []
    var rows: [Row] = []
    var sum: Row?
    /// What it means that no line is here.
    var empty: String

    struct Row: Sendable {
        var name: String
        var cells: [Cell]
    }

    struct Cell: Sendable {
        /// Said before it on a narrow screen.
        var column: String
        var text: String
        /// Nothing to be counted: left out on a narrow screen.
        var isNone: Bool
    }

    mutating func show(_ table: FiguresTable, in op: Operation) {
        columns = table.columns
        rows = table.rows.map { Row($0, columns, op.words) }
        sum = table.rows.isEmpty ? nil : Row(table.sum, columns, op.words)
    }
}

extension FiguresPage.Row {
    init(_ row: FiguresTable.Row, _ columns: [String], _ words: Words) {
        name = row.name
        cells = zip(columns.dropFirst(), row.numbers).map { column, number in
            FiguresPage.Cell(column: column, text: number.map(words.grouped) ?? "–", isNone: number ?? 0 == 0)
        }
    }
}
