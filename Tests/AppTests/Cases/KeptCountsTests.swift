import Domain
import Testing

@testable import App
@testable import Support

/// Counts that everybody shares.
@Suite struct KeptCountsTests {
    /// What was counted while somebody changed something is not kept.
    @Test func aCountBegunBeforeAChangeIsNotKept() async throws {
        let torg = try await TestTorg()
        let counts = KeptCounts<Int>(lifetime: .seconds(60))
        let tenant = torg.sandvik
        let shown = try await torg.read { op in
            [
                try counts.current(in: op) { _ in
                    counts.forget(tenant)
                    return 1
                }, try counts.current(in: op) { _ in 2 }, try counts.current(in: op) { _ in 3 },
            ]
        }
        #expect(shown == [1, 2, 2])
        await torg.close()
    }

    @Test func aCountThatFailsIsCountedAnew() async throws {
        struct Away: Error {}
        let torg = try await TestTorg()
        let counts = KeptCounts<Int>(lifetime: .seconds(60))
        try await torg.read { op in
            #expect(throws: Away.self) { try counts.current(in: op) { _ in throw Away() } }
            let counted = try counts.current(in: op) { _ in 4 }
            #expect(counted == 4)
        }
        await torg.close()
    }
}
