import Domain

/// One row of another system's export, understood.
struct ImportedRequest: Sendable {
    var reference: String
    var at: Instant
    var channel: Contact.Channel
    var person: Person
    var title: String
    var text: String
    /// As the other system calls it; nil for no category.
    var category: String?
    var categoryNames: [String: String]
    /// nil for the contact centre.
    var unit: String?
    var place: Place?
    /// The login of the one who has it; nil when the row names nobody.
    var performer: String?
    /// As the other system calls it, for the tables at the end.
    var state: String
    var course: Course
    /// What was understood otherwise than it stands there.
    var remarks: [String] = []

    /// What had become of it.
    enum Course: Sendable {
        /// `underway` only with a performer, see `ImportBatches`.
        case new, passedOn
        case underway(since: Instant)
        case closed(Closure, at: Instant, done: Done?)
    }

    struct Done: Sendable {
        var what: String
        var who: String
        var at: Instant
    }
}
