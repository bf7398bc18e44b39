import Database
import Domain
import Synchronization

/// Something that is counted for a whole municipality, kept for a moment and shared by everybody who looks: however many
/// have a page open, one request counts at a time.
final class KeptCounts<Counts: Sendable>: Sendable {
    /// How long a count is good, both by the time that passes and by the clock that Torg shows, which may stand still.
    private let lifetime: Duration

    private struct Kept {
        var counts: Counts?
        var counted = ContinuousClock.now
        var at = Instant(milliseconds: 0)
        /// Of what was done here since the start: a count that was begun before a change is not kept.
        var changes = 0
        /// One request counts again; the others make do with the old count meanwhile.
        var isBeingCounted = false

        func isFresh(at now: Instant, for lifetime: Duration) -> Bool {
            let age = Duration.milliseconds(now.milliseconds - at.milliseconds)
            return counted.duration(to: .now) < lifetime && age >= .zero && age < lifetime
        }
    }

    private let kept = Mutex<[ID<Municipality>: Kept]>([:])

    init(lifetime: Duration) { self.lifetime = lifetime }

    func current(in op: Operation, counting count: (Operation) throws -> Counts) throws -> Counts {
        let (known, changes) = kept.withLock { kept -> (Counts?, Int) in
            var entry = kept[op.tenant] ?? Kept()
            if let counts = entry.counts, entry.isBeingCounted || entry.isFresh(at: op.now, for: lifetime) {
                return (counts, entry.changes)
            }
            entry.isBeingCounted = true
            kept[op.tenant] = entry
            return (nil, entry.changes)
        }
        if let known { return known }
        do {
            let counts = try count(op)
            keep(counts, of: op.tenant, at: op.now, unlessChangedSince: changes)
            return counts
        } catch {
            keep(nil, of: op.tenant, at: op.now, unlessChangedSince: changes)
            throw error
        }
    }

    private func keep(
        _ counts: Counts?, of municipality: ID<Municipality>, at now: Instant, unlessChangedSince changes: Int
    ) {
        kept.withLock { kept in
            guard kept[municipality]?.changes == changes else { return }
            kept[municipality] = Kept(counts: counts, at: now, changes: changes)
        }
    }

    /// After a change made here, so that whoever made it sees it counted.
    func forget(_ municipality: ID<Municipality>) {
        kept.withLock { $0[municipality] = Kept(changes: ($0[municipality]?.changes ?? 0) + 1) }
    }
}
