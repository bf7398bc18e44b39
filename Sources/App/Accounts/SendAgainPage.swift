/// Logged in again, with what was being written: nothing is lost, and nothing is sent without another press.
struct SendAgainPage: Page {
    static let template = "accounts/send-again"

    var frame: Frame
    var url: String
    /// What is sent along, as it was.
    var values: [HiddenValue]
    /// What people wrote among it, to be read once more.
    var texts: [String]
}

extension SendAgainPage {
    init(frame: Frame, url: String, kept: KeptForm) {
        let values = kept.values.sorted { $0.key < $1.key }.flatMap { name, all in
            all.map { HiddenValue(name: name, value: $0) }
        }
        // Codes and ids say nothing to anybody.
        let texts = values.map(\.value).filter { $0.contains(where: \.isWhitespace) && !$0.isBlank }
        self.init(frame: frame, url: url, values: values, texts: texts)
    }

    static func samples(_ words: Words) -> [Sample<SendAgainPage>] {
        let frame = Frame.staffSample(words, title: words("again.heading"))
        let kept = KeptForm(encoded: "message=Vi+har+bestilt+en+ny+lampe.&version=4")
        return [
            Sample("written", .init(frame: frame, url: "/sandvik/cases/26-10423-7/feedback", kept: kept))
        ]
    }
}

extension KeptForm {
    fileprivate init(encoded: String) { values = URLEncoded.parse(encoded) ?? [:] }
}
