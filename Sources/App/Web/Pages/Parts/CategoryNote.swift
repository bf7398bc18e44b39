/// What to tell a caller whose question belongs to the category.
struct CategoryNote: Sendable {
    /// Its id.
    var category: String
    var text: String
    /// Whom to call, since the category is acute.
    var isEmergency = false
    /// The category is chosen.
    var isShown = false
}

extension CategoryNote {
    /// Those of the category that is chosen are shown; the others wait for it.
    static func shown(_ notes: [CategoryNote], of chosen: String?) -> [CategoryNote] {
        notes.map { note in
            var note = note
            note.isShown = chosen == note.category
            return note
        }
    }
}
