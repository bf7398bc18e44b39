import Foundation

/// Which file a path leads to, through whatever links: two paths may lead to one.
public struct FileIdentity: Equatable, Sendable {
    private let device: UInt64
    private let number: UInt64
    /// No directory, device or pipe.
    public let isPlain: Bool

    /// Nil when there is none.
    public init?(_ path: String) {
        var found = stat()
        // Of a link that leads nowhere, the link itself.
        guard stat(path, &found) == 0 || lstat(path, &found) == 0 else { return nil }
        device = UInt64(found.st_dev)
        number = UInt64(found.st_ino)
        isPlain = found.st_mode & S_IFMT == S_IFREG
    }
}
