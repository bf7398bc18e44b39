import Foundation
import Synchronization

/// The files of a SQLite database: itself, its log, the log's index, and Torg's mark.
struct DatabaseFiles: Sendable {
    /// Where the database itself lies, whatever links lead to it: SQLite keeps its log there.
    let path: String

    init(path: String) { self.path = Self.followed(path) }

    /// Also where nothing lies any more: the mark of a file that was moved away lies where the link leads, not beside it.
    private static func followed(_ path: String) -> String {
        if let real = realpath(path, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        var path = path
        // So many the system follows.
        for _ in 0..<40 {
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
            path = target.hasPrefix("/") ? target : folder + target
        }
        return path
    }

    var log: String { path + "-wal" }
    var mark: String { path + ".mark" }
    var all: [String] { [path, log, path + "-shm", mark] }

    /// Nobody has stored anything yet: there is no file, or nothing in it.
    var isEmpty: Bool { Self.size(of: path) == 0 }
    /// SQLite throws the log of an empty database away.
    var isOnlyLog: Bool { isEmpty && Self.size(of: log) > 0 }

    /// Makes an empty file for its owner alone, in a folder for its owner alone; SQLite gives its log the same mode.
    func make() throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw DatabaseError.failed("the database's folder cannot be made: \(path)")
        }
        // Links have been followed; one that has come since leads to what nobody has looked at.
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DatabaseError.failed("the database cannot be made: \(path)") }
        close(descriptor)
    }

    /// Takes away what others may do with the files; they are full of personal data.
    ///
    /// - Returns: those that others could read or write until now.
    func narrow() -> [String] {
        all.filter { path in
            var state = stat()
            guard stat(path, &state) == 0, state.st_mode & 0o077 != 0 else { return false }
            return chmod(path, state.st_mode & 0o700) == 0
        }
    }

    /// Gives the files other names, with the time in them: nothing is thrown away.
    func setAside() throws {
        let time = Int64(Date().timeIntervalSince1970)
        for path in all where FileManager.default.fileExists(atPath: path) {
            guard rename(path, "\(path).aside-\(time)") == 0 else {
                throw DatabaseError.failed("\(path) cannot be given another name")
            }
        }
    }

    private static func size(of path: String) -> Int {
        var state = stat()
        return stat(path, &state) == 0 ? Int(state.st_size) : 0
    }
}

/// Whether the files that are open are still those that lie in their place. What is written to a removed file is gone with
/// the process that wrote it.
final class OpenFiles: Sendable {
    private struct Identity: Equatable {
        var device: UInt64
        var number: UInt64

        init?(_ path: String) {
            var state = stat()
            guard stat(path, &state) == 0 else { return nil }
            (device, number) = (UInt64(state.st_dev), UInt64(state.st_ino))
        }
    }

    private let files: DatabaseFiles
    private let known: Mutex<[String: Identity]>

    /// To be made when the database has been opened, its log too.
    init(_ files: DatabaseFiles) {
        self.files = files
        known = Mutex(
            Dictionary(
                uniqueKeysWithValues: [files.path, files.log].compactMap { path in
                    Identity(path).map { (path, $0) }
                }))
    }

    /// What is wrong; nil at best.
    var fault: String? {
        known.withLock { known in
            for path in [files.path, files.log] {
                let found = Identity(path)
                guard let before = known[path] else {
                    known[path] = found
                    continue
                }
                if found == nil { return "\(path) has been removed while Torg was using it" }
                if found != before { return "\(path) has been replaced while Torg was using it" }
            }
            return nil
        }
    }
}
