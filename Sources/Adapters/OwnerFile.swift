import Foundation

/// Files for their owner alone, which hold personal data. The program's umask sees to the rest; this holds under any.
public enum OwnerFile {
    /// A file cannot be written, and why.
    public struct Unwritable: Error, CustomStringConvertible, Sendable {
        public var path: String
        public var reason: String
        public var description: String { "\(path) cannot be written: \(reason)" }
    }

    /// From now on whatever this process makes, libraries too, is its owner's alone.
    public static func guardAll() { umask(0o077) }

    /// Writes the file whole and durably, or not at all. One that is there is replaced, unless it is a database, whose
    /// name was typed in the wrong place, or no plain file.
    public static func write(_ bytes: some Collection<UInt8>, to path: String) throws(Unwritable) {
        if let found = FileIdentity(path) {
            guard found.isPlain else { throw Unwritable(path: path, reason: "it is no plain file") }
            if isDatabase(path) { throw Unwritable(path: path, reason: "it is a database") }
        }
        let unfinished = path + ".\(UUID().uuidString).tmp"
        do {
            try writeDurably(Array(bytes), to: unfinished)
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            try renameDurably(unfinished, to: path, in: folder)
        } catch {
            unlink(unfinished)
            throw Unwritable(path: path, reason: reason(error))
        }
    }

    private static func isDatabase(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        return (try? file.read(upToCount: 15)) == Data("SQLite format 3".utf8)
    }

    /// An empty file to write to, in place of one that is there.
    public static func make(_ path: String) throws(Unwritable) -> FileHandle {
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Unwritable(path: path, reason: reason(lastError())) }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    static func reason(_ error: any Error) -> String {
        (error as? POSIXError).map { String(cString: strerror($0.code.rawValue)) } ?? "the directory cannot be made"
    }

    static func writeDurably(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw lastError() }
        defer { close(descriptor) }
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { throw lastError() }
                rest = rest.dropFirst(written)
            }
        }
        guard fsync(descriptor) == 0 else { throw lastError() }
    }

    /// The new name is durable when the directory is.
    static func renameDurably(_ old: String, to new: String, in directory: String) throws {
        guard rename(old, new) == 0 else { throw lastError() }
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw lastError() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw lastError() }
    }

    private static func lastError() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
