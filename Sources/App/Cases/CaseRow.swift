/// One case in a list.
struct CaseRow: Part {
    static let template = "cases/row"

    var number: String
    var url: String
    var title: String
    /// Category · place · how many reported it.
    var sub: String
    /// The next deadline in words: "2 working days late", "Reply by Thursday 23 July".
    var due: String
    /// late, soon, ok or wait: the colour beside the words.
    var dueKind: DueKind
    /// nil where all in the list are in the same.
    var state: String?
    /// Who has it: unit or person.
    var with: String
    var isAcute: Bool = false
    var isConfidential: Bool = false
    var mustBeAnswered: Bool = false
}
