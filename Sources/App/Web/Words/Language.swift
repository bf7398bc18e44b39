import Domain
import Foundation

/// Which language a reader gets.
enum Language {
    /// - Parameters:
    ///   - chosen: what the reader chose before, if anything.
    ///   - accepted: the header `Accept-Language`.
    static func choose(chosen: String?, accepted: String?, default fallback: String?) -> String {
        if let chosen, Catalogues.languages.contains(chosen) { return chosen }
        return accepted.flatMap { best($0, fallback) } ?? fallback ?? "en"
    }

    /// The language that the header wants most (RFC 9110, 12.5.4): by weight, and of two alike the one named first.
    /// More than twenty ranges are nobody's wish.
    private static func best(_ accepted: String, _ fallback: String?) -> String? {
        var weights: [String: Int] = [:]
        var order: [String] = []
        for part in accepted.split(separator: ",", maxSplits: 20).prefix(20) {
            guard let (language, weight) = range(part) else { continue }
            if weights[language] == nil { order.append(language) }
            weights[language] = max(weight, weights[language] ?? 0)
        }
        // What is not named is as good as the star says; the municipality's own language first.
        let rest = ([fallback ?? "en"] + Catalogues.languages).filter { weights[$0] == nil }
        if let star = weights["*"], let index = order.firstIndex(of: "*"), let first = rest.first {
            order[index] = first
            weights[first] = star
        }
        let wanted = order.filter { Catalogues.languages.contains($0) && weights[$0] ?? 0 > 0 }
        return wanted.max { (weights[$0] ?? 0) < (weights[$1] ?? 0) }.map { best in
            wanted.first { weights[$0] == weights[best] } ?? best
        }
    }

    /// One range, with its weight in thousandths; nil for what is none.
    private static func range(_ text: Substring) -> (language: String, weight: Int)? {
        let parts = text.split(separator: ";", maxSplits: 4)
        guard let tag = parts.first?.trimmed.lowercased(), let language = tag.split(separator: "-").first else {
            return nil
        }
        var weight = 1000
        for parameter in parts.dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].trimmed.lowercased() == "q" else { continue }
            guard let value = Double(pair[1].trimmed), (0...1).contains(value) else { return nil }
            weight = Int(value * 1000)
        }
        // Norwegian of either kind reads bokmål better than a foreign language.
        return (language == "no" || language == "nn" ? "nb" : String(language), weight)
    }

    static let names = ["sv": "Svenska", "nb": "Norsk bokmål", "da": "Dansk", "en": "English"]
}
