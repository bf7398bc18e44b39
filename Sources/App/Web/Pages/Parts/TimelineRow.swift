/// Something that happened.
struct TimelineRow: Sendable {
    /// What happened, as one sentence.
    var what: String
    /// In words: "today at 09.12".
    var when: String
    /// ISO 8601, for `datetime`.
    var instant: String
    /// What was written, if anything.
    var text: String?
    /// The citizen was told.
    var isTold: Bool = false
    /// How the citizen was told: "sent to a@example.org".
    var note: String?
}
