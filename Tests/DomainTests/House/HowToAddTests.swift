import Foundation
import Testing

/// `docs/how-to-add.md` names files that are there.
@Suite struct HowToAddTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test func everyFileNamedIsThere() throws {
        let text = try String(contentsOf: Self.root.appending(path: "docs/how-to-add.md"), encoding: .utf8)
        #expect(text.split(separator: "\n## … ").count > 10)
        let named = text.matches(of: /`((?:A|Sources|Tests)\/[^`]+)`/).map { String($0.1) }
        #expect(named.count > 30)
        for name in named where name != "Sources/App" {
            let path = name.hasPrefix("A/") ? "Sources/App" + name.dropFirst() : name
            let isThere = FileManager.default.fileExists(atPath: Self.root.appending(path: path).path)
            #expect(isThere, "\(name)")
        }
    }
}
