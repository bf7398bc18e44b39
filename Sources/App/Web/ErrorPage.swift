/// When something did not go well: what happened, and what to do now. Never technical detail.
struct ErrorPage: Page {
    static let template = "web/error"

    var frame: Frame
    /// The HTTP status, shown small for whoever asks for help: "404".
    var status: String
    var heading: String
    var text: String
    /// What to do now.
    var advice: String
    var linkURL: String
    var linkText: String
}
