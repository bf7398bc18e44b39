/// Whether somebody hears of each step, with one button to change it; none for those who were erased.
struct StopPage: Page {
    static let template = "citizens/stop"

    var frame: Frame
    var heading: String
    var text: RunningText
    var form: Choice?

    struct Choice: Sendable {
        var url: String
        var submit: String
        var isWanted: Bool
    }
}

extension StopPage {
    static func samples(_ words: Words) -> [Sample<StopPage>] {
        ["wanted", "stopped"].map { state in
            Sample(
                state,
                StopPage(
                    frame: .citizenSample(words, title: words("stop.heading")),
                    heading: words("stop.\(state).heading"),
                    text: RunningText(
                        words("stop.\(state).text", ["numbers": "26-10423-4", "municipality": "Sandvik kommune"])),
                    form: Choice(
                        url: "/sandvik/stop/1?key=abc", submit: words("stop.\(state).submit"),
                        isWanted: state == "wanted")))
        }
    }
}
