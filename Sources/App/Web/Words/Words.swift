import Foundation

/// The words of one language.
struct Words: Sendable {
    /// sv, nb, da or en: also the value of `lang`.
    let language: String
    private let texts: [String: String]
    let acuteWords: AcuteWords

    init(language: String, texts: [String: String]) {
        self.language = language
        self.texts = texts
        acuteWords = AcuteWords(texts[AcuteWords.key] ?? "")
    }

    /// The text of a key, with `{name}` placeholders filled in. Plural forms are two keys, `.one` and `.other`.
    ///
    /// A key that does not exist stops a debug build; in production the reader gets nothing rather than the key.
    func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        guard let text = texts[key] else {
            assertionFailure("No words for \(key) in \(language)")
            return ""
        }
        return values.isEmpty ? text : Words.fill(text, values)
    }

    /// `<key>.one` for 1, `<key>.other` for all else; `{count}` is filled in.
    func count(_ key: String, _ count: Int, _ values: [String: String] = [:]) -> String {
        self(key + (count == 1 ? ".one" : ".other"), values.merging(["count": grouped(count)]) { own, _ in own })
    }

    /// A large number with its digits in threes: "20 000".
    func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        let separator = ["da": ".", "en": ","][language] ?? "\u{a0}"
        return (number < 0 ? "-" : "")
            + digits.indices.map { index in
                let rest = digits.count - index
                return (index > 0 && rest.isMultiple(of: 3) ? separator : "") + String(digits[index])
            }.joined()
    }

    func has(_ key: String) -> Bool { texts[key] != nil }

    var keys: [String] { texts.keys.sorted() }

    /// Fills in `{name}` placeholders in one pass, so that a value which itself holds braces stays as it is. A
    /// placeholder without a value stays, so that it is seen.
    static func fill(_ text: String, _ values: [String: String]) -> String {
        var filled = ""
        var rest = text.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
            filled += Substring(rest[..<open])
            rest = rest[open...]
            guard let close = rest.firstIndex(of: UInt8(ascii: "}")) else { break }
            let name = rest[rest.index(after: open)..<close]
            filled += values[String(Substring(name))] ?? String(Substring(rest[...close]))
            rest = rest[rest.index(after: close)...]
        }
        return filled + Substring(rest)
    }
}

extension String {
    /// As it stands at the beginning of a sentence or a cell.
    var startingLarge: String { prefix(1).uppercased() + dropFirst() }

    /// As it stands within a sentence. What is written in capitals, as SMS, stays so.
    var startingSmall: String {
        dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
    }
}

/// The words of all languages, as they come with Torg.
struct Catalogues: Sendable {
    static let languages = ["sv", "nb", "da", "en"]
    /// By language code.
    let all: [String: Words]

    /// - Throws: when a catalogue is missing or not JSON.
    init(directory: URL) throws {
        var all: [String: Words] = [:]
        for language in Catalogues.languages {
            let data = try Data(contentsOf: directory.appending(path: language + ".json"))
            let texts = try JSONDecoder().decode([String: String].self, from: data)
            all[language] = Words(language: language, texts: texts)
        }
        self.all = all
    }

    /// The words of a language, or nil for one Torg does not speak.
    subscript(language: String) -> Words? { all[language] }

    /// The words of a language; English for one that Torg does not speak.
    func words(_ language: String) -> Words {
        // Read at the start, so English is always there.
        all[language] ?? all["en"] ?? Words(language: "en", texts: [:])
    }
}
