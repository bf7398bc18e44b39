struct Answer: Sendable {
    var text: String
    /// "Thursday 23 July at 15.30", ready to read.
    var when: String
    /// The unit that answered.
    var by: String
}
