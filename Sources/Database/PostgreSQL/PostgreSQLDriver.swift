import CLibPQ
import Foundation

/// PostgreSQL through libpq: one writing thread with group commit, one beside it for what comes into conflict, and
/// several reading ones, each with a connection of its own.
final class PostgreSQLDriver: Driver {
    let dialect = Dialect.postgres
    let connections: Int
    private let reads: JobQueue
    private let writes: JobQueue
    private let apart: JobQueue

    /// - Parameter groupTime: how long a group takes new writers; meanwhile other nodes may wait for its locks.
    init(
        url: String, connections: Int, patience: Duration, groupTime: Duration = .milliseconds(25)
    ) throws {
        var reason: UnsafeMutablePointer<CChar>?
        let options = PQconninfoParse(url, &reason)
        PQfreemem(reason)
        guard let options else {
            throw DatabaseError.failed("a PostgreSQL database is postgres://user:password@host:port/database")
        }
        PQconninfoFree(options)
        self.connections = connections
        let server = PostgreSQLServer(url: url)
        reads = JobQueue(patience: patience)
        writes = JobQueue(patience: patience)
        apart = JobQueue(patience: patience)
        for number in 1...connections {
            reads.startThread(name: "database read \(number)") { [reads] in Self.serve(reads, .reading, by: server) }
        }
        apart.startThread(name: "database apart") { [apart] in Self.serve(apart, .apart, by: server) }
        writes.startThread(name: "database write") { [writes, apart] in
            // Of up to 64 steps in a transaction readers know from memory, of more only by looking them up.
            let group = GroupCommit(limit: 48, time: groupTime, apart: apart.submit)
            var connection: PostgreSQLConnection?
            var conflicting: (any Job)?
            while let first = conflicting ?? writes.take() {
                conflicting = server.serve(first, then: writes.takeWaiting, in: group, on: &connection)
            }
        }
    }

    private static func serve(_ jobs: JobQueue, _ mode: PostgreSQLMode, by server: PostgreSQLServer) {
        var connection: PostgreSQLConnection?
        while let job = jobs.take() { server.serve(job, mode, on: &connection) }
    }

    var waiting: (reads: Int, writes: Int) { (reads.waiting, writes.waiting + apart.waiting) }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Value) async throws -> Value {
        try await reads.run(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Value) async throws -> Value {
        try await writes.run(body)
    }

    func backup<Value: Sendable>(
        to path: String, looking look: @escaping @Sendable (any Session) throws -> Value
    ) async throws -> Value {
        throw DatabaseError.failed(
            "PostgreSQL is copied with its own program: pg_dump --format=custom --file=\(path) --dbname=…")
    }

    func close() async {
        await writes.close()
        // What the writing thread put aside is done too.
        await apart.close()
        await reads.close()
    }
}
