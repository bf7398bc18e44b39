import Foundation
import GRDB

/// SQLite in WAL mode: one writing thread with group commit, several reading ones.
final class SQLiteDriver: Driver {
    let dialect = Dialect.sqlite
    let pool: DatabasePool
    private let reads: JobQueue
    private let writes: JobQueue

    init(path: String, readers: Int, patience: Duration) throws {
        guard !path.isEmpty, !path.hasPrefix(":") else {
            throw DatabaseError.failed("the database needs a file, as in sqlite:var/torg.db")
        }
        pool = try Self.openPool(path: path, readers: readers)
        reads = JobQueue(patience: patience)
        writes = JobQueue(patience: patience)
        for number in 1...readers {
            reads.startThread(name: "database read \(number)") { [reads, pool] in Self.read(reads, from: pool) }
        }
        writes.startThread(name: "database write") { [writes, pool] in
            while let first = writes.take() { Self.write(first, and: writes, to: pool) }
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Value) async throws -> Value {
        try await reads.run(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Value) async throws -> Value {
        try await writes.run(body)
    }

    func backup(to path: String) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread { [pool] in
                continuation.resume(with: Result { try Self.copy(pool, to: path) })
            }
        }
    }

    func close() async {
        await writes.close()
        await reads.close()
        try? pool.close()
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

    private static func write(_ first: any Job, and jobs: JobQueue, to pool: DatabasePool) {
        let group = GroupCommit(limit: 256, time: .milliseconds(50))
        pool.writeWithoutTransaction { database in
            let session = SQLiteSession(database)
            do {
                try session.begin()
            } catch {
                return first.fail(error)
            }
            _ = group.run(first, then: jobs.takeWaiting, in: session)
        }
    }

    /// Under another name until it is whole, so that half a copy is never taken for one.
    private static func copy(_ pool: DatabasePool, to path: String) throws {
        let partial = path + ".partial"
        let files = FileManager.default
        guard !files.fileExists(atPath: path) else { throw DatabaseError.failed("there is already a file \(path)") }
        do {
            try? files.removeItem(atPath: partial)
            let copy = try DatabaseQueue(path: partial)
            try pool.backup(to: copy)
            try copy.close()
            try files.moveItem(atPath: partial, toPath: path)
        } catch let error as GRDB.DatabaseError {
            throw DatabaseError(error)
        } catch {
            throw DatabaseError.failed("the copy cannot be written to \(path)")
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
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let pool = try DatabasePool(path: path, configuration: configuration)
            // The pool sets NORMAL when it opens, after prepareDatabase: a commit would not survive a power cut.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return pool
        } catch let error as GRDB.DatabaseError {
            throw DatabaseError(error)
        } catch {
            throw DatabaseError.failed("the database's folder cannot be made: \(path)")
        }
    }
}
