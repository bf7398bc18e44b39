/// What a search found, newest first.
struct SearchPage: Page {
    static let template = "cases/search"

    var frame: Frame
    var query: String
    var rows: [CaseRow]
    var hidesState = false
    /// The next page, or nil at the end.
    var next: String?
    /// Why there are no rows: nothing searched for, too short, no hits.
    var message: String?
}
