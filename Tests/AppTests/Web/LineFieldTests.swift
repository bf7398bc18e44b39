import Foundation
import Testing

/// What has one line is read as one line: a name with line ends in it could put words of its own into a mail.
@Suite struct LineFieldTests {
    /// What may be as short as this is a name, a code or a number. Longer texts may have several lines.
    private static let longestLine = 999

    @Test func shortFieldsAreReadAsOneLine() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/App")
            .standardizedFileURL
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        var seen = 0
        while let file = files?.nextObject() as? URL {
            // A mapping is read line by line, and its rows by `line`.
            guard file.pathExtension == "swift", !file.path.contains("/Import/"),
                file.lastPathComponent != "InputReader.swift"
            else { continue }
            for match in try String(contentsOf: file, encoding: .utf8).matches(
                of: /[.\s]text\(\s*[^()]*?max: ([^,)]+)/)
            {
                seen += 1
                let most = String(match.1)
                let isLong = Int(most.replacing("_", with: "")).map { $0 > Self.longestLine }
                #expect(
                    isLong ?? Self.longNames.contains(most),
                    "\(file.lastPathComponent): \(match.0)) is short and must be read by line()")
            }
        }
        #expect(seen > 15)
    }

    /// Constants of what may have several lines.
    private static let longNames = ["QuestionInput.longestText", "Self.longestText", "maximum"]
}
