/// What a search found, newest first: cases, and contacts whether or not they belong to one.
struct SearchPage: Page {
    static let template = "cases/search"

    var frame: Frame
    var query: String
    /// Everything, or one kind; empty where there is nothing to choose from.
    var filters: [Filter] = []
    var rows: [CaseRow]
    var hidesState = false
    /// More cases, or nil at the end.
    var next: String?
    var contacts: [ContactRow] = []
    /// More contacts, or nil at the end.
    var nextContacts: String?
    /// Why there are no rows: nothing searched for, too short, no hits.
    var message: String?
}
