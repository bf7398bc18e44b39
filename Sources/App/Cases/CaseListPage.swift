/// A work list: intake, mine, a unit's.
struct CaseListPage: Page {
    static let template = "cases/list"

    var frame: Frame
    var heading: String
    /// "37 open cases, 4 late. Receiver today: …"
    var summary: String
    /// To who works in the unit, for its leader.
    var people: Link?
    /// Whether somebody has looked through what came in today; nil on lists that are no unit's.
    var look: LookNotice?
    var filters: [Filter] = []
    var rows: [CaseRow]
    /// Where all are in the same state, the column says nothing.
    var hidesState = false
    /// The next page, or nil at the end.
    var next: String?
    /// What it means that nothing is here.
    var empty: String
}
