import Synchronization

/// What all threads know about the server: where it is, and when it is worth asking again.
final class PostgreSQLServer: Sendable {
    private let url: String
    /// While the server is away, one thread asks once a second; the others do not wait for their own time-out.
    private let askAgain = Mutex<ContinuousClock.Instant>(.now)

    init(url: String) {
        self.url = url
    }

    /// Runs one job in a transaction of its own.
    func serve(_ job: any Job, _ mode: PostgreSQLMode, on connection: inout PostgreSQLConnection?) {
        do {
            let current = try begin(mode, on: &connection)
            defer { end(current, on: &connection) }
            try job.perform(in: current)
            // Nothing is tried a second time: a COMMIT may have been carried out although its answer is lost.
            try current.commit()
        } catch {
            return job.fail(error)
        }
        job.succeed()
    }

    /// Runs a job and those that come meanwhile in one transaction, and returns one that must begin the next.
    func serve(
        _ first: any Job, then next: () -> (any Job)?, in group: GroupCommit,
        on connection: inout PostgreSQLConnection?
    ) -> (any Job)? {
        do {
            let current = try begin(.group, on: &connection)
            defer { end(current, on: &connection) }
            return group.run(first, then: next, in: current)
        } catch {
            first.fail(error)
            return nil
        }
    }

    /// A connection within a transaction. Nothing has been done yet, so one that is known to be broken is
    /// replaced without a word.
    private func begin(
        _ mode: PostgreSQLMode, on connection: inout PostgreSQLConnection?
    ) throws -> PostgreSQLConnection {
        if let current = connection, current.isUsable, (try? current.begin(mode)) != nil { return current }
        connection = nil
        guard askAgain.withLock({ $0 <= .now }) else { throw DatabaseError.unavailable(retryAfter: 2) }
        do {
            let fresh = try PostgreSQLConnection(url: url)
            connection = fresh
            try fresh.begin(mode)
            return fresh
        } catch {
            connection = nil
            askAgain.withLock { $0 = .now + .seconds(1) }
            throw error
        }
    }

    private func end(_ current: PostgreSQLConnection, on connection: inout PostgreSQLConnection?) {
        current.rollback()
        if current.isBroken || current.isInTransaction { connection = nil }
    }
}
