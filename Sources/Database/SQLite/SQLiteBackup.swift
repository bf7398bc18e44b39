import Foundation
import GRDB

/// One whole copy of a SQLite database, for its owner alone. Under another name until it is whole, so that half a copy is
/// never taken for one.
struct SQLiteBackup {
    let path: String
    private var partial: String { path + ".partial" }

    /// Throws without leaving anything, and leaves alone what is there already.
    func make<Value>(from pool: DatabasePool, looking look: (any Session) throws -> Value) throws -> Value {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw DatabaseError.failed("there is already a file \(path)")
        }
        try removeUnfinished()
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unwritable }
        close(descriptor)
        defer { unlink(partial) }
        do {
            let copy = try DatabaseQueue(path: partial)
            try pool.backup(to: copy)
            let value = try copy.writeWithoutTransaction { database in
                // One file, without a log beside it.
                try database.execute(sql: "PRAGMA journal_mode = DELETE")
                let faults = try String.fetchAll(database, sql: "PRAGMA integrity_check(3)").filter { $0 != "ok" }
                guard faults.isEmpty else {
                    throw DatabaseError.failed("the database is damaged: \(faults.joined(separator: "; "))")
                }
                return try look(SQLiteSession(database))
            }
            try copy.close()
            try finish()
            return value
        } catch let error as GRDB.DatabaseError {
            throw DatabaseError(error)
        }
    }

    /// What a backup left that was broken off; nothing else that has the name.
    private func removeUnfinished() throws {
        guard FileManager.default.fileExists(atPath: partial) else { return }
        let file = FileHandle(forReadingAtPath: partial)
        defer { try? file?.close() }
        // Nothing at all where it was broken off at once.
        guard let file, let start = try? file.read(upToCount: 15) ?? Data(),
            start.isEmpty || start == Data("SQLite format 3".utf8)
        else {
            throw DatabaseError.failed("there is a file \(partial), which no backup has left; move it away")
        }
        guard unlink(partial) == 0 else { throw unwritable }
    }

    /// Durable first, then under its name, unless that has been taken meanwhile.
    private func finish() throws {
        try flush(partial, O_RDWR)
        guard link(partial, path) == 0 else {
            if errno == EEXIST { throw DatabaseError.failed("there is already a file \(path)") }
            // A file system without links.
            guard !FileManager.default.fileExists(atPath: path), rename(partial, path) == 0 else { throw unwritable }
            return try flushFolder()
        }
        try flushFolder()
    }

    private func flushFolder() throws {
        try flush(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY)
    }

    private func flush(_ path: String, _ flags: CInt) throws {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw unwritable }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw unwritable }
    }

    private var unwritable: DatabaseError { .cannotStore("the copy cannot be written to \(path)") }
}
