import Foundation

/// Makes ids on one node, strictly rising even when the clock stands still or is set back.
public struct IDSequence: Sendable {
    /// 1 January 2020 UTC, in milliseconds since 1970: 41 bits reach until 2089.
    public static let epoch: Int64 = 1_577_836_800_000

    private let node: Int64
    private var last: Int64

    /// - Parameters:
    ///   - node: 0–1023, a number of its own for each process that writes to the same database.
    ///   - newest: an id that was made before, here or on another node: all that follow are greater, also when the
    ///     clock has been set back since.
    public init(node: Int, after newest: Int64 = 0) {
        self.node = Int64(node & 1023)
        last = newest > 0 ? ((newest >> 22) << 12) | 0xfff : 0
    }

    public mutating func next<Entity>(at now: Instant, of _: Entity.Type = Entity.self) -> ID<Entity> {
        let earliest = max(now.milliseconds - Self.epoch, 1) << 12
        // The last value holds time and sequence; when the sequence runs over it borrows the next millisecond.
        last = max(earliest, last + 1)
        return ID((last >> 12) << 22 | node << 12 | (last & 0xfff))
    }
}
