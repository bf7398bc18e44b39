/// One of the reports that watch the chain: by unit, the most urgent first.
struct FollowUpPage: Page {
    static let template = "reports/report"

    var frame: Frame
    /// To all reports.
    var back: Link
    var heading: String
    var lead: String
    /// The other reports.
    var filters: [Filter]
    /// Where the choice is sent.
    var url: String
    /// Whose list, and which unit: as many as there is something to choose between.
    var choices: [FormField] = []
    /// The same as a file, with every case.
    var files: [Link] = []
    /// "37 open cases, 4 late", of all that was chosen.
    var summary: String?
    var groups: [Group] = []
    /// How many units have no room on the page any more.
    var rest: String?
    /// What it means that nothing is here.
    var empty: String

    /// One unit.
    struct Group: Sendable {
        var id: String
        var name: String
        /// Narrows the report to the unit.
        var url: String?
        var sum: String
        var rows: [CaseRow]
        /// How many are shown of how many.
        var cut: String?
    }
}
