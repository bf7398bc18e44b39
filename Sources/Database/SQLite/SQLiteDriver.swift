import Foundation
import GRDB

/// SQLite in WAL mode: one writing thread with group commit, several reading ones.
final class SQLiteDriver: Driver {
    let dialect = Dialect.sqlite
    let pool: DatabasePool
    let remarks: [String]
    let connections: Int
    private let reads: JobQueue
    private let writes: JobQueue
    private let files: DatabaseFiles
    private let open: OpenFiles
    private let commits: Commits
    private let checkpoints: Checkpoints

    init(path: String, readers: Int, patience: Duration, creating: Bool) throws {
        guard !path.isEmpty, !path.hasPrefix(":") else {
            throw DatabaseError.failed("the database needs a file, as in sqlite:var/torg.db")
        }
        files = DatabaseFiles(path: path)
        try files.requireDatabase(creating: creating)
        remarks = files.narrow().map { "\($0) could be read by others; now it is its owner's alone" }
        pool = try Self.openPool(path: files.path, readers: readers)
        do {
            commits = try Commits(of: files, in: pool)
            checkpoints = try Checkpoints(of: files)
        } catch {
            try? pool.close()
            throw error
        }
        open = OpenFiles(files)
        connections = readers
        reads = JobQueue(patience: patience)
        writes = JobQueue(patience: patience)
        for number in 1...readers {
            reads.startThread(name: "database read \(number)") { [reads, pool] in Self.read(reads, from: pool) }
        }
        writes.startThread(name: "database write") { [writes, pool, open, commits] in
            while let first = writes.take() {
                if let fault = open.fault {
                    first.fail(DatabaseError.cannotStore(fault))
                } else {
                    Self.write(first, and: writes, to: pool, commits)
                }
            }
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Value) async throws -> Value {
        try await reads.run(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Value) async throws -> Value {
        try await writes.run(body)
    }

    func backup<Value: Sendable>(
        to path: String, looking look: @escaping @Sendable (any Session) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
            Thread.detachNewThread { [pool] in
                continuation.resume(with: Result { try SQLiteBackup(path: path).make(from: pool, looking: look) })
            }
        }
    }

    var fileFault: String? { open.fault }
    var waiting: (reads: Int, writes: Int) { (reads.waiting, writes.waiting) }

    func completeness() async throws -> Completeness { commits.completeness }

    func acceptLosses() async throws { commits.mark?.acceptLosses() }

    func hasMigrated() async throws { try commits.makeMark(from: pool) }

    /// What stands in the log goes into the database's file, so that this file alone is everything.
    func close() async {
        checkpoints.stop()
        await writes.close()
        await reads.close()
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            Thread.detachNewThread { [self] in
                checkpoints.finish()
                try? pool.close()
                commits.mark?.flush()
                continuation.resume()
            }
        }
    }

    private static func read(_ jobs: JobQueue, from pool: DatabasePool) {
        while let job = jobs.take() {
            do {
                try pool.read { try job.perform(in: SQLiteSession($0)) }
                job.succeed()
            } catch let error as GRDB.DatabaseError {
                job.fail(DatabaseError(error))
            } catch {
                job.fail(error)
            }
        }
    }

    private static func write(_ first: any Job, and jobs: JobQueue, to pool: DatabasePool, _ commits: Commits) {
        let group = GroupCommit(limit: 256, time: .milliseconds(50))
        pool.writeWithoutTransaction { database in
            let session = SQLiteSession(database, commits)
            do {
                try session.begin()
            } catch DatabaseError.conflict {
                return first.fail(DatabaseError.cannotStore("another process does not give up the database's lock"))
            } catch {
                return first.fail(error)
            }
            _ = group.run(first, then: jobs.takeWaiting, in: session)
        }
    }

    private static func openPool(path: String, readers: Int) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = readers
        configuration.prepareDatabase { database in
            // A page that many transactions change is then written back once for 16 MB of log.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY")
        }
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            // The pool sets NORMAL when it opens, after prepareDatabase: a commit would not survive a power cut.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return pool
        } catch let error as GRDB.DatabaseError {
            throw DatabaseError(error)
        }
    }
}

extension DatabaseFiles {
    /// Throws `MissingDatabase` where none is to be made; else there is a file afterwards.
    fileprivate func requireDatabase(creating: Bool) throws {
        guard isEmpty else { return }
        if isOnlyLog { throw MissingDatabase.gone(path: path, mark: log) }
        if FileManager.default.fileExists(atPath: mark) { throw MissingDatabase.gone(path: path, mark: mark) }
        guard creating else { throw MissingDatabase.neverMade(path: path) }
        try make()
    }
}
