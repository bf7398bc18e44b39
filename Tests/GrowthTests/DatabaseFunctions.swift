@testable import Database

/// What goes through a text before it is indexed or sought.
enum DatabaseFunctions {
    static let all: [TextFunction] = [
        TextFunction("SearchText.tokens") { _ = SearchText.tokens($0, languages: [.norwegian]) },
        TextFunction("SearchTerms") {
            _ = SearchTerms([SoughtWords($0)], tenant: 1, readers: [2, 3], languages: SearchLanguage.all)
        },
    ]
}
