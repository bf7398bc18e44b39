/// The watch: what has got stuck, by unit, and the oldest first. Refreshes itself where there is a script.
struct WatchPage: Page {
    static let template = "deadlines/watch"

    var frame: Frame
    var heading: String
    /// "23 cases have got stuck."
    var lead: String
    /// "Updated at 9.12".
    var updated: String
    /// Seconds.
    var interval: String
    /// This page again, for whoever has no script.
    var url: String
    var notices: [WatchNotice] = []
    var columns: [String]
    var units: [WatchUnit]
    /// What the list shows: "The oldest first", or what was chosen in the table.
    var listHeading: String
    /// Back from what was chosen to all.
    var all: Link?
    var rows: [CaseRow]
    var next: String?
    var empty: String
}

struct WatchNotice: Sendable {
    var heading: String
    var links: [Link]
}

struct WatchUnit: Sendable {
    var name: String
    var url: String
    var cells: [WatchCell]
    var isSum = false
}

struct WatchCell: Sendable {
    /// The column's heading again, for narrow screens.
    var column: String
    var count: String
    /// nil for none.
    var url: String?
    /// "Roads: late to close", for those who read link by link.
    var name: String
}
