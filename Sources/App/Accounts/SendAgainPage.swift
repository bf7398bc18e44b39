/// Let in again, with what was being written: nothing is lost, and nothing is sent without another press.
struct SendAgainPage: Page {
    static let template = "accounts/send-again"

    var frame: Frame
    var heading: String
    var url: String
    /// What is sent along, as it was.
    var values: [HiddenValue]
    /// What people wrote among it, to be read once more.
    var texts: [String]
}

extension SendAgainPage {
    init(frame: Frame, heading: String, url: String, kept: KeptForm) {
        self.init(frame: frame, heading: heading, url: url, values: kept.hidden, texts: kept.texts)
    }

    static func samples(_ words: Words) -> [Sample<SendAgainPage>] {
        let heading = words("again.heading")
        let frame = Frame.staffSample(words, title: heading)
        let kept = KeptForm(of: ["message": ["Vi har bestilt en ny lampe."], "version": ["4"]])
        return [
            Sample(
                "written",
                .init(frame: frame, heading: heading, url: "/sandvik/cases/26-10423-7/feedback", kept: kept))
        ]
    }
}
