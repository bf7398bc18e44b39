import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// The four languages say the same things.
@Suite struct CatalogueTests {
    private static func catalogues() throws -> [Words] {
        try Catalogues.languages.compactMap { try Templates.tested.catalogues[$0] }
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
            + RegisterPage.channels.map { "channel." + $0.rawValue }
            + Alert.Kind.allCases.flatMap(Self.words)
            + ContractorStep.allCases.map { "contractor.did." + $0.rawValue }
            + Marks.Name.allCases.map { "case." + $0.rawValue }
            + CustomaryHours.allCases.map { "admin.calendar.day_" + $0.rawValue }
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

    private static func words(of kind: Alert.Kind) -> [String] {
        switch kind {
        case .deadline: []
        case .acute, .missed, .contactJoined, .contractor: ["alert." + kind.rawValue]
        }
    }

    /// A word that nothing says any more is translated for nobody.
    @Test func everyWordIsSaidSomewhere() throws {
        let said = try SaidWords()
        let awaited = Set(
            ["error.too_early"] + SecondPerson.Refusal.allCases.map { "error.second_person.\($0.rawValue)" })
        let words = try #require(try Self.catalogues().first)
        #expect(words.keys.filter { !said.contains($0) && !awaited.contains($0) }.sorted() == [])
        #expect(!said.contains("form.never_said"))
        #expect(!said.contains("error.never_said"))
    }
}

/// What the sources say: whole keys, and the pieces that keys are made of.
private struct SaidWords {
    private var pieces: Set<String> = []
    /// What a key begins with where the rest comes from a code, a field's name or an enumeration.
    private var beginnings: Set<String> = []

    init() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources")
        let files = FileManager.default.enumerator(at: sources.standardizedFileURL, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            // What only a sample says is not said to anybody.
            guard ["swift", "mustache"].contains(file.pathExtension), !file.path.contains("+Sample.") else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            if file.pathExtension == "mustache" {
                pieces.formUnion(text.matches(of: /\[\[([a-z0-9_.]+)\]\]/).map { String($0.1) })
                continue
            }
            pieces.formUnion(text.matches(of: /"([A-Za-z0-9_.\-]+)"/).map { String($0.1) })
            for enumerated in text.matches(of: /\bcase ([A-Za-z]+(?:, [A-Za-z]+)*)\n/) {
                pieces.formUnion(enumerated.1.split(separator: ", ").map(String.init))
            }
            beginnings.formUnion(text.matches(of: /"([a-z0-9_.]+[._])(?:"|\\\()/).map { String($0.1) })
            beginnings.formUnion(text.matches(of: /form(?:: | = )"([a-z_.]+)"/).map { String($0.1) + "." })
        }
    }

    private static let endings: Set = [
        "hint", "public", "text", "one", "other", "title", "example", "by", "today", "about", "submit", "heading",
        "lead", "advice", "body", "subject", "rhythm", "units", "right",
    ]

    func contains(_ key: String) -> Bool {
        if pieces.contains(key) { return true }
        let parts = key.split(separator: ".").map(String.init)
        if let last = parts.last, parts.count > 1, Self.endings.contains(last),
            contains(parts.dropLast().joined(separator: "."))
        {
            return true
        }
        return beginnings.contains { beginning in
            key.hasPrefix(beginning) && isSaid(String(key.dropFirst(beginning.count)))
        }
    }

    private func isSaid(_ rest: String) -> Bool {
        if pieces.contains(rest) || Int(rest) != nil { return true }
        if let language = rest.split(separator: "_").last, Catalogues.languages.contains(String(language)) {
            return true
        }
        let parts = rest.split(separator: ".").map(String.init)
        return parts.count > 1 && parts.allSatisfy { pieces.contains($0) || Self.endings.contains($0) }
    }
}
