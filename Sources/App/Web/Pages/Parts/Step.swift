/// One link of the chain from received to answered (R4.1).
struct Step: Sendable {
    var title: String
    /// When it was or is due, in words.
    var text: String
    var isDone: Bool = false
    var isCurrent: Bool = false
    var isLate: Bool = false
}
