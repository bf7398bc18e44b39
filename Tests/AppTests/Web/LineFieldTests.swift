import Testing

@testable import Support

/// What has one line is read as one line: a name with line ends in it could put words of its own into a mail.
@Suite struct LineFieldTests {
    /// What may be as short as this is a name, a code or a number. Longer texts may have several lines.
    private static let longestLine = 999

    @Test func shortFieldsAreReadAsOneLine() throws {
        var seen = 0
        // A mapping is read line by line, and its rows by `line`.
        for file in try SourceFile.all() where !file.path.hasPrefix("Import/") && file.name != "InputReader.swift" {
            for match in file.text.matches(of: /[.\s]text\(\s*[^()]*?max: ([^,)]+)/) {
                seen += 1
                let most = String(match.1)
                let isLong = Int(most.replacing("_", with: "")).map { $0 > Self.longestLine }
                #expect(
                    isLong ?? Self.longNames.contains(most),
                    "\(file.name): \(match.0)) is short and must be read by line()")
            }
        }
        #expect(seen > 15)
    }

    /// Constants of what may have several lines.
    private static let longNames = ["QuestionInput.longestText", "Self.longestText", "maximum"]
}
