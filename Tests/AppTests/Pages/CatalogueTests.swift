import Foundation
import Testing

@testable import App

/// The four languages say the same things.
@Suite struct CatalogueTests {
    private static func catalogues() throws -> [Words] {
        try Catalogues.languages.compactMap { try Templates(version: "test").catalogues[$0] }
    }

    @Test func allLanguagesHaveTheSameKeys() throws {
        let all = try Self.catalogues()
        #expect(all.count == 4)
        for words in all {
            #expect(Set(words.keys).symmetricDifference(all[0].keys).sorted() == [], "\(words.language)")
        }
    }

    @Test func allLanguagesHaveTheSamePlaceholders() throws {
        let all = try Self.catalogues()
        let placeholders = { (text: String) in Set(text.matches(of: #/\{([a-z_]+)\}/#).map { String($0.1) }) }
        for key in all[0].keys {
            let expected = placeholders(all[0](key))
            for words in all { #expect(placeholders(words(key)) == expected, "\(key) in \(words.language)") }
        }
    }

    @Test func noTextIsEmptyAndNoneIsSaidInTwoLanguagesByMistake() throws {
        let all = try Self.catalogues()
        for words in all {
            for key in words.keys {
                let text = words(key)
                #expect(!text.isEmpty && text.trimmingCharacters(in: .whitespacesAndNewlines) == text, "\(key)")
            }
        }
        // A sentence that is the same in two languages was not translated.
        for key in all[0].keys {
            let long = all.map { $0(key) }.filter { $0.count > 60 }
            #expect(Set(long).count == long.count, "\(key)")
        }
    }

    @Test func pluralsComeInPairs() throws {
        for words in try Self.catalogues() {
            for key in words.keys where key.hasSuffix(".one") {
                #expect(words.has(key.dropLast(4) + ".other"), "\(key)")
            }
        }
    }

    @Test func everyCodeHasWords() throws {
        let codes =
            CaseForms.closingReasons.map { "reason." + $0 }
            + RegisterPage.channels.map { "channel." + $0 }
            + DeadlineWords.Kind.allCases.flatMap { kind in
                ["deadline.kind.", "deadline."].map { $0 + kind.rawValue + ($0.hasSuffix("kind.") ? "" : ".by") }
            }
            + [403, 404, 409, 413, 429, 500, 503].flatMap { status in
                ["heading", "text", "advice"].map { "problem.\(status).\($0)" }
            }
        for words in try Self.catalogues() {
            for code in codes { #expect(words.has(code), "\(code) in \(words.language)") }
        }
    }
}
