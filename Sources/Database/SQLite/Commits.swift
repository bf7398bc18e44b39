import GRDB
import Synchronization

/// The numbers of a SQLite database's commits, and the mark beside it.
final class Commits: Sendable {
    private let files: DatabaseFiles
    private let state: Mutex<State>

    private struct State {
        var mark: CommitMark?
        /// As the mark said when the database was opened: no later commit has a lower number.
        var floor: CommitNumber
    }

    var mark: CommitMark? { state.withLock { $0.mark } }

    /// Compares what is there with what the mark knows. What is missing is written down beside it at once: as soon as
    /// something new is stored, nobody could tell any more. So is that the mark could not be read.
    ///
    /// Throws `MissingDatabase` when there are no tables where there was a database.
    init(of files: DatabaseFiles, in pool: DatabasePool) throws {
        self.files = files
        let mark = try CommitMark(existingAt: files.mark)
        // Before the database: other processes write the mark after it.
        let known = mark?.read()
        let (tables, stored) = try Self.look(pool)
        if mark != nil, tables == 0 { throw MissingDatabase.gone(path: files.path, mark: files.mark) }
        if let mark, known == nil { mark.doubt(before: stored) }
        if let mark, let known, known.commit.ahead(of: stored) > 0,
            !known.losses.contains(where: { $0.first == stored.next && $0.last == known.commit })
        {
            mark.add(.init(first: stored.next, last: known.commit, storedAt: known.at, isAccepted: false))
        }
        let floor = known.map { $0.commit.ahead(of: stored) > 0 ? $0.commit : stored } ?? stored
        state = Mutex(State(mark: mark, floor: floor))
    }

    /// The number for a commit that follows the one that is stored.
    func next(after stored: CommitNumber) -> CommitNumber {
        let floor = state.withLock { $0.floor }
        return (floor.ahead(of: stored) > 0 ? floor : stored).next
    }

    /// The database has its tables now, so it is one to be missed.
    func makeMark(from pool: DatabasePool) throws {
        let (_, stored) = try Self.look(pool)
        try state.withLock { state in
            guard state.mark == nil else { return }
            try CommitMark.make(at: files.mark, stored)
            state.mark = try CommitMark(existingAt: files.mark)
        }
    }

    var completeness: Completeness {
        guard let mark else { return .unmarked }
        guard let content = mark.read() else { return .unreadable(path: mark.path) }
        let losses = content.losses.filter { !$0.isAccepted }.map { loss in
            Completeness.Loss(
                first: loss.first.value, last: loss.last.value, storedAt: loss.storedAt,
                count: loss.isDoubt ? nil : loss.last.ahead(of: loss.first) + 1)
        }
        return losses.isEmpty ? .whole(commit: content.commit.value, at: content.at) : .missing(losses)
    }

    private static func look(_ pool: DatabasePool) throws -> (tables: Int, commit: CommitNumber) {
        do {
            return try pool.read { database in
                let tables = try Int.fetchOne(
                    database, sql: "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'")
                let commit = try Int.fetchOne(database, sql: "PRAGMA user_version")
                return (tables ?? 0, CommitNumber(commit ?? 0))
            }
        } catch let error as GRDB.DatabaseError {
            throw DatabaseError(error)
        }
    }
}
