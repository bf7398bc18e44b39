import CLibPQ
import Foundation
import Synchronization

/// PostgreSQL through libpq: a number of threads, each with a connection of its own.
final class PostgreSQLDriver: Driver {
    let dialect = Dialect.postgres
    private let jobs: JobQueue

    init(url: String, connections: Int, patience: Duration) throws {
        var reason: UnsafeMutablePointer<CChar>?
        let options = PQconninfoParse(url, &reason)
        PQfreemem(reason)
        guard let options else {
            throw DatabaseError.failed("a PostgreSQL database is postgres://user:password@host:port/database")
        }
        PQconninfoFree(options)
        jobs = JobQueue(patience: patience)
        let server = PostgreSQLServer(url: url)
        for number in 1...connections {
            jobs.startThread(name: "database \(number)") { [jobs] in
                var connection: PostgreSQLConnection?
                while let job = jobs.take() { server.serve(job, on: &connection) }
            }
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Value) async throws -> Value {
        try await jobs.run(writing: false, body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Value) async throws -> Value {
        try await jobs.run(writing: true, body)
    }

    func backup(to path: String) async throws {
        throw DatabaseError.failed(
            "PostgreSQL is copied with its own program: pg_dump --format=custom --file=\(path) --dbname=…")
    }

    func close() async {
        await jobs.close()
    }
}

/// What all threads know about the server: where it is, and when it is worth asking again.
private final class PostgreSQLServer: Sendable {
    private let url: String
    /// While the server is away, one thread asks once a second; the others do not wait for their own time-out.
    private let askAgain = Mutex<ContinuousClock.Instant>(.now)

    init(url: String) {
        self.url = url
    }

    func serve(_ job: any Job, on connection: inout PostgreSQLConnection?) {
        do {
            let current = try begin(job, on: &connection)
            do {
                try job.perform(in: current)
                try current.commit()
            } catch {
                // Nothing is tried a second time: a COMMIT may have been carried out although its answer is lost.
                if current.isBroken || (try? current.rollback()) == nil { connection = nil }
                throw error
            }
            job.succeed()
        } catch {
            job.fail(error)
        }
    }

    /// A connection within a transaction. Nothing has been done yet, so a broken one is replaced without a word.
    private func begin(_ job: any Job, on connection: inout PostgreSQLConnection?) throws -> PostgreSQLConnection {
        if let current = connection, current.isUsable, (try? current.begin(writing: job.writing)) != nil {
            return current
        }
        connection = nil
        guard askAgain.withLock({ $0 <= .now }) else { throw DatabaseError.unavailable(retryAfter: 2) }
        do {
            let fresh = try PostgreSQLConnection(url: url)
            connection = fresh
            try fresh.begin(writing: job.writing)
            return fresh
        } catch {
            connection = nil
            askAgain.withLock { $0 = .now + .seconds(1) }
            throw error
        }
    }
}
