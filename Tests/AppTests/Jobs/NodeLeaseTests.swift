import Database
import Domain
import Logging
import Testing

@testable import App
@testable import Support

/// Each process that writes to one database has a number of its own in its ids.
@Suite struct NodeLeaseTests {
    private let clock = ClockBox(TestTorg.start)

    private func lease(_ ids: IDs, _ torg: TestTorg) async throws -> NodeLease {
        try await NodeLease.take(
            for: ids, in: torg.installation.database, logger: Logger(label: "test"), now: { [clock] in clock.now })
    }

    @Test func `as many processes as there are numbers have one each`() async throws {
        let torg = try await TestTorg()
        let ids = (0..<1024).map { _ in IDs(node: 0) }
        var leases: [NodeLease] = []
        for ids in ids { leases.append(try await lease(ids, torg)) }
        #expect(Set(ids.map(\.node)) == Set(0..<1024))
        await #expect(throws: DatabaseError.self) { _ = try await lease(IDs(node: 0), torg) }
        await leases[7].giveBack()
        let next = IDs(node: 0)
        _ = try await lease(next, torg)
        #expect(next.node == ids[7].node)
        await torg.close()
    }

    @Test func `the number of a process that died is free when its lease is over`() async throws {
        let torg = try await TestTorg()
        let (kept, dead, other) = (IDs(node: 0), IDs(node: 0), IDs(node: 0))
        let living = try await lease(kept, torg)
        _ = try await lease(dead, torg)
        clock.now = clock.now.adding(milliseconds: NodeLease.lifetime - 1)
        try await living.renew()
        clock.now = clock.now.adding(milliseconds: 1)
        let free = try await torg.installation.database.read(tenant: nil) { [clock] tx in
            try tx.rows("SELECT number FROM nodes WHERE lease_until <= \(clock.now)").map { try $0["number"] as Int }
        }
        #expect(free == [dead.node])
        _ = try await lease(other, torg)
        #expect(other.node != kept.node)
        await torg.close()
    }

    @Test func `a process whose number another took meanwhile goes on with a new one`() async throws {
        let torg = try await TestTorg()
        let (ids, started) = (IDs(node: 0), clock.now)
        let lease = try await lease(ids, torg)
        let before = ids.node
        _ = try await torg.installation.database.write(tenant: nil) { tx in
            try tx.run(
                """
                UPDATE nodes SET owner = 'another', lease_until = \(started.adding(milliseconds: NodeLease.lifetime))
                """)
        }
        let earlier: ID<Case> = ids.next(at: started)
        try await lease.renew()
        let later: ID<Case> = ids.next(at: started)
        #expect(ids.node != before && later > earlier)
        await torg.close()
    }
}
