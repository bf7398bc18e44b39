import Foundation

/// Reads templates and puts the words in.
enum TemplateFiles {
    /// Every template by its path without extension: `cases/list`.
    static func read(directory: URL) throws -> [String: String] {
        var files: [String: String] = [:]
        let directory = directory.resolvingSymlinksInPath()
        let paths = try FileManager.default.subpathsOfDirectory(atPath: directory.path(percentEncoded: false))
        for path in paths where path.hasSuffix(".mustache") {
            let text = try String(contentsOf: directory.appending(path: path), encoding: .utf8)
            files[String(path.dropLast(".mustache".count))] = unindented(text)
        }
        return files
    }

    /// Indentation is for those who read templates; Mustache would add it to every line of a partial, and so to what
    /// people have typed into a text area.
    static func unindented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: true)
            .map { $0.drop { $0 == " " || $0 == "\t" } }
            .filter { !$0.isEmpty }
            .joined(separator: "\n")
    }

    /// Replaces `[[key]]` by the words, escaped for HTML, and `[[public:style.css]]` by the file's address.
    /// - Throws: `TemplateError` when there are no words for a key.
    static func fill(_ text: String, of template: String, words: Words, version: String) throws -> String {
        var filled = ""
        var rest = text[...]
        while let open = rest.range(of: "[[") {
            guard let close = rest.range(of: "]]", range: open.upperBound..<rest.endIndex) else { break }
            filled += rest[..<open.lowerBound]
            let key = String(rest[open.upperBound..<close.lowerBound])
            if key.hasPrefix("public:") {
                filled += "/public/" + key.dropFirst("public:".count) + "?v=" + version
            } else if words.has(key) {
                filled += EscapedText.escaped(words(key))
            } else {
                throw TemplateError(template: template, problem: "no words for \(key) in \(words.language)")
            }
            rest = rest[close.upperBound...]
        }
        return filled + rest
    }

    /// A short name for the contents of a folder.
    static func version(of directory: URL) throws -> String {
        let files = try FileManager.default.contentsOfDirectory(
            at: directory.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
        let contents = try files.sorted { $0.path < $1.path }.map { Secret.hash(try Data(contentsOf: $0)) }
        return String(Secret.hash(contents.joined()).prefix(13))
    }
}
