import Domain

/// A case as it may be told where it leaves Torg together with others: in a mail that gathers many, in a file. Of a
/// confidential one only that it is there, with its number: neither title nor category, unit, handler or contractor.
struct CaseOutside: Sendable {
    let number: CaseNumber
    /// Instead of the title of a confidential case, words that say so.
    let title: String
    let isConfidential: Bool
    private let shown: Case

    init(_ shown: Case, in op: Operation) {
        number = shown.number
        title = shown.isConfidential ? op.words("case.confidential") : shown.title
        isConfidential = shown.isConfidential
        self.shown = shown
    }

    /// The case itself, of one that may be told of.
    var open: Case? { isConfidential ? nil : shown }

    /// Whose words are told: to be named with the mail, since the case may become confidential before that goes out.
    var mentioned: ID<Case>? { isConfidential ? nil : shown.id }
}
