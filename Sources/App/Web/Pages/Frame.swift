/// What stands around every page: name, language, navigation, search, and the form token all its forms carry.
struct Frame: Sendable {
    /// The reader's language: sv, nb, da or en.
    var language: String
    /// The languages to choose between, this one too. Fewer than two: no choice is shown.
    var languages: [LanguageLink] = []
    /// The form that the page came back from, by which the language is chosen then; nil where links do.
    var returned: ReturnedForm?
    /// The municipality's name as people say it: "Sandvik kommune".
    var municipality: String
    /// Where the municipality's pages begin: "/sandvik".
    var base: String
    /// Title of the browser window; the municipality's name is added.
    var title: String
    /// The person at work; nil on the citizens' pages.
    var user: FrameUser?
    /// How many reminders wait for the person; nil on the citizens' pages.
    var bell: Bell?
    /// Side navigation on the staff's pages.
    var navigation: [NavigationGroup] = []
    /// What was searched for, so that the field shows it again.
    var search: String = ""
    /// One-time form token, against forged and repeated forms. Every POST form carries it as the field `form`.
    var form: String
    /// What was just done, in words: "The case is closed. Kim has been told by e-mail."
    var flash: String?
    /// What somebody had written in a form that could not be taken, where the page has no place for it any more.
    var written: [String] = []
    /// "Printed Monday 20 July 2026", on paper only; nil where nothing is to be kept on paper.
    var printed: String?
    /// Shows that everything is invented, and how to log in.
    var isDemo: Bool = false
}

struct FrameUser: Sendable {
    var name: String
    /// The unit's name, or nil for one who has none.
    var unit: String?
    /// Where their work begins: the intake list, their own cases or the administration.
    var home: String
    /// May register contacts.
    var registers: Bool
}

struct Bell: Sendable {
    /// "3", "99+", or nil when there are none.
    var count: String?
    /// "3 unread reminders", for those who see no bell.
    var text: String
    var isCurrent = false
}

struct LanguageLink: Sendable {
    /// sv, nb, da or en.
    var code: String
    /// The language's own name: "Svenska".
    var name: String
    var url: String
    var isCurrent: Bool

    /// One for each language.
    ///
    /// - Parameter url: of the page, ending where the query goes on.
    static func all(to url: String, current: String) -> [LanguageLink] {
        Catalogues.languages.map {
            LanguageLink(
                code: $0, name: Language.names[$0] ?? $0, url: url + "language=" + $0, isCurrent: $0 == current)
        }
    }
}

struct NavigationGroup: Sendable {
    /// nil for the first group.
    var heading: String?
    var items: [NavigationItem]
}

struct NavigationItem: Sendable {
    var text: String
    var url: String
    /// How many, or nil where a number says nothing.
    var count: String?
    var isCurrent: Bool = false
}
