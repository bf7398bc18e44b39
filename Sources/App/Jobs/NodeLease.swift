import Database
import Domain
import Logging

/// The number by which this process's ids differ from those of every other that writes to the same database: leased from
/// the table `nodes`, renewed while the process lives, and given back when it ends. One that dies leaves its number
/// until the lease is over.
final class NodeLease: Sendable {
    /// Milliseconds from one sign of life on; longer than the clocks of nodes may differ.
    static let lifetime = 2 * StoredInstant.tolerance

    /// 0–1023.
    let number: Int
    private let owner: String
    private let database: Database
    private let now: @Sendable () -> Instant

    /// Takes a number that nobody has. By the machine's own clock, also where Torg shows another.
    ///
    /// Throws `failed` when 1,024 processes have one each.
    static func take(
        in database: Database, now: @escaping @Sendable () -> Instant = Instant.systemClock
    ) async throws -> NodeLease {
        let owner = Secret.random(bytes: 12)
        let (at, first) = (now(), Int.random(in: 0..<1024))
        let number = try await database.write(tenant: nil) { tx -> Int? in
            // Most are free: the first try is the last one.
            for step in 0..<1024 {
                let number = (first + step) % 1024
                if try claim(number, by: owner, at: at, in: tx) { return number }
            }
            return nil
        }
        guard let number else { throw DatabaseError.failed("1,024 processes have this database open") }
        return NodeLease(number: number, owner: owner, database: database, now: now)
    }

    private init(number: Int, owner: String, database: Database, now: @escaping @Sendable () -> Instant) {
        self.number = number
        self.owner = owner
        self.database = database
        self.now = now
    }

    /// A lease that ends later than one can was made by a clock that was ahead.
    private static func claim(_ number: Int, by owner: String, at now: Instant, in tx: Transaction) throws -> Bool {
        let until = now.adding(milliseconds: lifetime)
        return try tx.run(
            """
            INSERT INTO nodes (number, owner, lease_until) VALUES (\(number), \(owner), \(until))
            ON CONFLICT (number) DO UPDATE SET owner = \(owner), lease_until = \(until)
            WHERE nodes.lease_until <= \(now) OR nodes.lease_until > \(until)
            """) == 1
    }

    /// - Returns: false when the lease ran out and another has the number.
    func renew() async throws -> Bool {
        let until = now().adding(milliseconds: Self.lifetime)
        return try await database.write(tenant: nil) { [number, owner] tx in
            try tx.run("UPDATE nodes SET lease_until = \(until) WHERE number = \(number) AND owner = \(owner)") == 1
        }
    }

    func giveBack() async throws {
        _ = try await database.write(tenant: nil) { [number, owner] tx in
            try tx.run("DELETE FROM nodes WHERE number = \(number) AND owner = \(owner)")
        }
    }
}
