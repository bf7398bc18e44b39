import Database
import Domain
import Logging
import Synchronization

/// The number by which this process's ids differ from those of every other that writes to the same database: leased from
/// the table `nodes`, renewed while the process lives, and given back when it ends. One that dies leaves its number
/// until the lease is over.
final class NodeLease: Sendable {
    /// Milliseconds from one sign of life on; longer than the clocks of nodes may differ.
    static let lifetime = 2 * StoredInstant.tolerance

    private let owner: String
    private let database: Database
    /// By the machine's own clock, also where Torg shows another.
    private let now: @Sendable () -> Instant
    private let ids: IDs
    private let keeper = Mutex<Task<Void, Never>?>(nil)

    /// Gives `ids` a number that no other process has.
    ///
    /// - Parameter logger: hears when the lease cannot be renewed.
    ///
    /// Throws `failed` when 1,024 processes have one each.
    static func take(
        for ids: IDs, in database: Database, logger: Logger,
        now: @escaping @Sendable () -> Instant = Instant.systemClock
    ) async throws -> NodeLease {
        let lease = NodeLease(ids: ids, database: database, now: now)
        ids.node = .random(in: 0..<1024)
        try await lease.renew()
        let keeper = Task { [weak lease] in
            while (try? await Task.sleep(for: .milliseconds(lifetime / 8))) != nil, let lease {
                do { try await lease.renew() } catch {
                    logger.warning("the number of this process cannot be renewed", metadata: ["error": "\(error)"])
                }
            }
        }
        lease.keeper.withLock { $0 = keeper }
        return lease
    }

    private init(ids: IDs, database: Database, now: @escaping @Sendable () -> Instant) {
        owner = Secret.random(bytes: 12)
        self.ids = ids
        self.database = database
        self.now = now
    }

    /// Keeps the number, or takes the next free one: a lease that ran out while the database was away may have gone to
    /// another process.
    func renew() async throws {
        let (first, at) = (ids.node, now())
        let number = try await database.write(tenant: nil) { [self] tx in
            // The first try is nearly always the last one.
            try (0..<1024).lazy.map { (first + $0) % 1024 }.first { try claim($0, at: at, in: tx) }
        }
        guard let number else { throw DatabaseError.failed("1,024 processes have this database open") }
        if number != first { ids.node = number }
    }

    /// A lease that ends later than one can was made by a clock that was ahead.
    private func claim(_ number: Int, at now: Instant, in tx: Transaction) throws -> Bool {
        let until = now.adding(milliseconds: Self.lifetime)
        return try tx.run(
            """
            INSERT INTO nodes (number, owner, lease_until) VALUES (\(number), \(owner), \(until))
            ON CONFLICT (number) DO UPDATE SET owner = \(owner), lease_until = \(until)
            WHERE nodes.owner = \(owner) OR nodes.lease_until <= \(now) OR nodes.lease_until > \(until)
            """) == 1
    }

    /// What cannot be given back is free when the lease is over.
    func giveBack() async {
        keeper.withLock { $0?.cancel() }
        _ = try? await database.write(tenant: nil) { [owner] tx in
            try tx.run("DELETE FROM nodes WHERE owner = \(owner)")
        }
    }
}
