struct Preview: Sendable {
    var heading: String
    var text: String
    /// Each part of it by its name, where it has several.
    var facts: [Fact] = []
    /// Long, and seldom asked for: unfolded by whoever wants to read it.
    var isFolded = false
}
