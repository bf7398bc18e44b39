/// The citizen's first page: report, follow, and where not to (R1.9).
struct FrontPage: Page {
    static let template = "citizens/front"

    var frame: Frame
    /// What can be reported here, in a sentence or two.
    var lead: String
    /// "We answer within 3 working days."
    var promise: String
    var notices: [Notice] = []
}
