import Foundation

/// Folders for what tests write. All of them are gone when the run ends by itself, also those of tests that failed.
public enum TestFolder {
    private static let all: URL = {
        let folder = place.appending(path: "torg-test-\(UUID().uuidString)")
        // A C function captures nothing, so it asks for the folder anew.
        atexit { TestFolder.remove(TestFolder.all) }
        return folder
    }()

    /// In memory where there is plenty: SQLite waits for the disk at every commit, and what a test writes need not
    /// survive a power cut.
    private static let place: URL = {
        let memory = URL(filePath: "/dev/shm")
        let free = try? FileManager.default.attributesOfFileSystem(forPath: memory.path)[.systemFreeSize] as? Int64
        let isWritable = FileManager.default.isWritableFile(atPath: memory.path)
        return isWritable && (free ?? 0) > 4 << 30 ? memory : FileManager.default.temporaryDirectory
    }()

    /// An empty folder of its own.
    public static func make() throws -> URL {
        let folder = all.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    public static func remove(_ folder: URL) { try? FileManager.default.removeItem(at: folder) }
}
