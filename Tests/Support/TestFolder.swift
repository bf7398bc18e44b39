import Foundation

/// Folders for what tests write. All of them are gone when the run ends, also those of tests that failed.
public enum TestFolder {
    private static let all: URL = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "torg-test-\(UUID().uuidString)")
        // A C function captures nothing, so it asks for the folder anew.
        atexit { TestFolder.remove(TestFolder.all) }
        return folder
    }()

    /// An empty folder of its own.
    public static func make() throws -> URL {
        let folder = all.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    public static func remove(_ folder: URL) { try? FileManager.default.removeItem(at: folder) }
}
