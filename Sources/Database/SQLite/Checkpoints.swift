import Foundation
import GRDB

/// Writes what stands in the log back into the database's file now and then, on a connection of its own: the writers do
/// not wait for it. (What a commit writes back by itself, when the log has grown to 16 MB, stays the rule under load.)
final class Checkpoints: @unchecked Sendable {
    /// Seconds. The log holds nothing that is older, unless somebody reads for longer.
    static let interval = 10
    /// A log that has grown beyond this while somebody read for long is cut, in bytes.
    private static let longest = 64 << 20

    private let files: DatabaseFiles
    /// What may change is touched on it alone.
    private let queue = DispatchQueue(label: "torg.database.checkpoints", qos: .utility)
    /// Nil when all is closed: a timer that has been cancelled may ring once more, a database may be closed twice, and
    /// SQLite does not survive being asked by a closed connection.
    private var connection: DatabaseQueue?
    private let timer: any DispatchSourceTimer
    private var seen: (size: Int, changed: timespec)?

    init(of files: DatabaseFiles) throws {
        self.files = files
        var configuration = Configuration()
        // Cutting the log keeps writers waiting for as long as this waits for readers.
        configuration.busyMode = .timeout(0.2)
        do { connection = try DatabaseQueue(path: files.path, configuration: configuration) } catch {
            throw DatabaseError(error)
        }
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(
            deadline: .now() + .seconds(Self.interval), repeating: .seconds(Self.interval), leeway: .seconds(1))
        timer.setEventHandler { [weak self] in self?.look() }
        timer.resume()
    }

    func stop() { timer.cancel() }

    /// The last one, when nobody writes here any more. Others may: then the log stays, and holds nothing that is not in the
    /// database's file as well.
    func finish() {
        queue.sync {
            write(.passive)
            write(.truncate)
            try? connection?.close()
            connection = nil
        }
    }

    private func look() {
        var state = stat()
        guard stat(files.log, &state) == 0, state.st_size > 0 else { return }
        let now = (size: Int(state.st_size), changed: state.st_mtim)
        if let seen, seen.size == now.size, seen.changed.tv_sec == now.changed.tv_sec,
            seen.changed.tv_nsec == now.changed.tv_nsec
        {
            return
        }
        let isWhole = write(.passive)
        if now.size > Self.longest { write(.truncate) }
        seen = isWhole ? now : nil
    }

    /// - Returns: whether all that stood in the log is in the database's file.
    @discardableResult
    private func write(_ mode: GRDB.Database.CheckpointMode) -> Bool {
        guard
            let done = try? connection?.writeWithoutTransaction({ try $0.checkpoint(mode) })
        else { return false }
        return done.walFrameCount == done.checkpointedFrameCount
    }
}

extension DatabaseError {
    /// Whatever GRDB throws.
    init(_ error: any Error) {
        switch error {
        case let error as GRDB.DatabaseError: self = DatabaseError(error)
        case let error as DatabaseError: self = error
        default: self = .failed("\(type(of: error))")
        }
    }
}
