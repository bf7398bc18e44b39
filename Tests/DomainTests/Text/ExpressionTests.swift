import Foundation
import Testing

/// Regular expressions and searching within text go back and forth over what somebody typed, and it does not show in
/// the code how long that takes. Where one is used all the same, it says here why it may be.
@Suite struct ExpressionTests {
    private static let allowed = [
        "Adapters/Mail/MailMessage+Compose.swift": "one or two fixed signs, measured",
        "App/Administration/Audit.swift": "one fixed sign",
        "App/Administration/ListMail.swift": "begins with fixed signs and takes the rest at once, measured",
        "App/Administration/EditableText.swift": "from one brace to the next, whatever stands between",
        "App/Deadlines/CalendarText.swift": "at the beginning of a line, a fixed number of digits, measured",
        "App/Demo/DemoCases.swift": "Torg's own texts",
        "App/Import/RequestMapping+YAML.swift": "the whole name of a language, of two or three letters",
        "App/Import/RowReader+Course.swift": "one fixed sign",
        "App/Reports/CSVFile.swift": "one fixed sign, measured",
        "App/Web/Http/Failure.swift": "the address, which is short",
        "App/Web/Forms/InputReader.swift": "fixed signs, measured",
        "App/Web/Words/RunningText.swift": "a bounded number of digits, in Torg’s own sentences",
        "App/Web/Templates/TemplateFiles.swift": "Torg's own templates",
        "App/Web/Templates/TemplateTag.swift": "Torg's own templates",
        "Domain/Accounts/NewPassword.swift": "no more than 800 bytes, measured",
        "Domain/Cases/Position+Typed.swift": "no more than a hundred bytes, measured",
        "Domain/Directory/DiscreetName.swift": "fixed words between single spaces, measured",
    ]

    private static let signs = [
        "#/", " /^", "of: /", "Regex", "NSRegularExpression", ".replacing(", "replacingOccurrences", "firstMatch(",
        "wholeMatch(", "prefixMatch(", ".firstRange(", ".ranges(", ".range(of:", "components(separatedBy",
    ]

    @Test func noOtherFileSearchesWithinText() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources")
            .standardized
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        var found: Set<String> = []
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            let code = lines.filter { !$0.drop { $0 == " " }.hasPrefix("//") }
            if code.contains(where: { line in Self.signs.contains { line.contains($0) } }) {
                found.insert(
                    file.standardized.pathComponents.dropFirst(sources.pathComponents.count).joined(separator: "/"))
            }
        }
        #expect(found.subtracting(Self.allowed.keys).sorted() == [])
        // What has been mended leaves the list.
        #expect(Set(Self.allowed.keys).subtracting(found).sorted() == [])
    }
}
