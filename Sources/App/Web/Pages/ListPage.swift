/// A plain table: people, units, categories, outgoing mail …
struct ListPage: Page {
    static let template = "administration/list"

    var frame: Frame
    var summary: ErrorSummary?
    var back: Link?
    var heading: String
    var lead: String?
    /// "Add a person".
    var add: Link?
    /// Adds something right here, where that takes no page of its own.
    var maker: ActionForm?
    var filters: [Filter] = []
    /// Fields by which the list is narrowed; sent with the address, so that the answer can be linked to.
    var choices: [FormField] = []
    var choicesURL: String = ""
    /// Goes along with them.
    var hidden: [HiddenValue] = []
    /// Column headings, as many as each row has cells.
    var columns: [String]
    /// Heads the column of the rows' buttons, where there are any.
    var actionColumn: String?
    var rows: [ListRow]
    /// The next page, or nil at the end.
    var next: String?
    var empty: String
}

struct ListRow: Sendable {
    var cells: [ListCell]
    /// Buttons at the end of the row.
    var actions: [ActionForm] = []
}

struct ListCell: Sendable {
    /// The column's heading again, for narrow screens.
    var column: String
    var text: RunningText
    /// Makes the text a link; the first cell of a row is its heading.
    var url: String?
    /// A second, softer line.
    var note: String?
    /// The text is a deadline or state with a colour of its own.
    var mark: DueKind?
    var isHeading: Bool = false
    /// "2" … "6" in a tree: how deep it lies. nil at the top.
    var level: String?

    init(
        column: String, text: String, url: String? = nil, note: String? = nil, mark: DueKind? = nil,
        isHeading: Bool = false, level: String? = nil
    ) {
        self.column = column
        self.text = RunningText(text)
        self.url = url
        self.note = note
        self.mark = mark
        self.isHeading = isHeading
        self.level = level
    }
}
