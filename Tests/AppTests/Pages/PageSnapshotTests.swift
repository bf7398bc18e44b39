import Foundation
import Testing

@testable import App

/// Every sample of every page looks as it did when somebody last looked at it.
///
/// `RECORD_SNAPSHOTS=1` writes them anew; look at the difference before committing it.
@Suite struct PageSnapshotTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Snapshots")
    private static let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"

    private struct Snapshot {
        let name: String
        let html: String
    }

    /// All samples in Norwegian, which has the longest words, and one of each page in the other languages.
    private static func snapshots<Content: Page>(of page: Content.Type, _ templates: Templates) -> [Snapshot] {
        Catalogues.languages.flatMap { language in
            let samples = page.samples(templates.words(language))
            return (language == "nb" ? samples[...] : samples.suffix(1)).map { sample in
                Snapshot(
                    name: "\(page.template.replacing("/", with: "-")).\(sample.name).\(language).html",
                    html: templates.render(sample.page) + "\n")
            }
        }
    }

    @Test func everyPageLooksAsBefore() throws {
        let templates = try Templates(version: "test")
        var names: Set<String> = []
        for page in Templates.pages {
            for snapshot in Self.snapshots(of: page, templates) {
                names.insert(snapshot.name)
                let file = Self.folder.appending(path: snapshot.name)
                if Self.isRecording {
                    try snapshot.html.write(to: file, atomically: true, encoding: .utf8)
                    continue
                }
                let recorded = try? String(contentsOf: file, encoding: .utf8)
                #expect(recorded != nil, "\(snapshot.name) is not recorded")
                guard let recorded, recorded != snapshot.html else { continue }
                let changed = zip(recorded.split(separator: "\n"), snapshot.html.split(separator: "\n"))
                    .first { $0 != $1 }
                Issue.record("\(snapshot.name) differs: was “\(changed?.0 ?? "")”, is “\(changed?.1 ?? "")”")
            }
        }
        let stored = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path(percentEncoded: false))
            .filter { $0.hasSuffix(".html") }
        for name in stored where !names.contains(name) {
            if Self.isRecording {
                try FileManager.default.removeItem(at: Self.folder.appending(path: name))
            } else {
                Issue.record("\(name) belongs to no sample")
            }
        }
    }
}
