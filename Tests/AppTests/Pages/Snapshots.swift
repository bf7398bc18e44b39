import Foundation
import Testing

/// Files with what somebody has looked at.
///
/// `RECORD_SNAPSHOTS=1` writes them anew; look at the difference before committing it.
struct Snapshots {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Snapshots")
    private static let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"

    /// Of the files' names.
    let ending: String
    private var names: Set<String> = []

    init(ending: String) { self.ending = ending }

    /// Fails when the text is not as it was.
    mutating func check(_ name: String, _ text: String) throws {
        let name = name + "." + ending
        names.insert(name)
        let file = Self.folder.appending(path: name)
        if Self.isRecording { return try text.write(to: file, atomically: true, encoding: .utf8) }
        let recorded = try? String(contentsOf: file, encoding: .utf8)
        #expect(recorded != nil, "\(name) is not recorded")
        guard let recorded, recorded != text else { return }
        let changed = zip(recorded.split(separator: "\n"), text.split(separator: "\n")).first { $0 != $1 }
        Issue.record("\(name) differs: was “\(changed?.0 ?? "")”, is “\(changed?.1 ?? "")”")
    }

    /// Fails for files that nothing was checked against.
    func checkThatNoneIsLeft() throws {
        let stored = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path(percentEncoded: false))
            .filter { $0.hasSuffix("." + ending) }
        for name in stored where !names.contains(name) {
            if Self.isRecording {
                try FileManager.default.removeItem(at: Self.folder.appending(path: name))
            } else {
                Issue.record("\(name) belongs to no sample")
            }
        }
    }
}
