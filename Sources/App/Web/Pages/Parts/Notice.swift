/// Where not to use this: "Acute pollution? Call 110." (R1.9)
struct Notice: Sendable {
    var title: String?
    var text: String
    /// Of the category with this id: told where that is chosen instead.
    var category: String?
    /// Whom to call in danger, whatever it is about.
    var isCall = false
}

extension Notice {
    /// The heading runs into the text, so it ends in something: "Pollution: call at once."
    init(heading: String, text: String) {
        let isEnded = heading.last.map { ".:!?…".contains($0) } ?? true
        self.init(title: isEnded ? heading : heading + ":", text: text)
    }
}
