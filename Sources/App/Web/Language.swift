import Domain
import Foundation

/// Which language a reader gets.
enum Language {
    /// - Parameters:
    ///   - chosen: what the reader chose before, if anything.
    ///   - accepted: the header `Accept-Language`.
    static func choose(chosen: String?, accepted: String?, default fallback: String?) -> String {
        if let chosen, Catalogues.languages.contains(chosen) { return chosen }
        for part in (accepted ?? "").split(separator: ",").prefix(20) {
            let tag = part.split(separator: ";")[0].trimmed.lowercased().prefix(2)
            // Norwegian of either kind reads bokmål better than a foreign language.
            let language = tag == "no" || tag == "nn" ? "nb" : String(tag)
            if Catalogues.languages.contains(language) { return language }
        }
        return fallback ?? "en"
    }

    static let names = ["sv": "Svenska", "nb": "Norsk bokmål", "da": "Dansk", "en": "English"]
}
