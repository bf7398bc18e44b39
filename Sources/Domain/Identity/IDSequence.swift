import Foundation

/// Makes ids on one node, strictly rising even when the clock stands still or is set back.
public struct IDSequence: Sendable {
    /// 1 January 2000 UTC, in milliseconds since 1970: 41 bits reach until September 2069. It lies so far back that
    /// what is imported from an older system sorts by its own time too.
    public static let epoch: Int64 = 946_684_800_000

    /// When ids can be made. Later ones would be negative, which none may be; before the epoch a clock has not been set.
    /// A day is left at the end, for the milliseconds that are borrowed.
    public static let reach = Instant(milliseconds: epoch)...Instant(milliseconds: epoch + (1 << 41) - 86_400_000)

    /// 0–1023, a number of its own for each process that writes to the same database.
    public var node: Int
    /// For the past: the place within the second, in sequence numbers.
    private let place: Int64?
    private var last: Int64

    /// - Parameters:
    ///   - node: 0–1023, a number of its own for each process that writes to the same database.
    ///   - newest: an id that was made before, here or on another node: all that follow are greater, also when the
    ///     clock has been set back since.
    public init(node: Int, after newest: Int64 = 0) {
        self.node = node
        place = nil
        last = newest > 0 ? ((newest >> 22) << 12) | 0xfff : 0
    }

    /// Ids for what happened earlier, such as one imported case: lists that go by id show it among its own time.
    ///
    /// A sequence that has made newer ids cannot go back without the danger of making one twice. So each thing from
    /// the past gets a sequence of its own, a strand, with 32 of the 4,096,000 places that a second has on a node; old
    /// registers tell no milliseconds, so an id may lie anywhere in its second. Two strands can only meet when
    /// their numbers are alike modulo 128,000 and they share a second; the primary key then refuses the later, and
    /// it is made anew on another strand. What lies before `epoch` sorts as if it had happened then.
    ///
    /// - Parameters:
    ///   - strand: any number; those that follow each other never meet.
    ///   - node: as above.
    public init(past strand: Int, node: Int) {
        self.node = node
        let strands = (1000 << 12) / 32
        place = Int64((strand % strands + strands) % strands) * 32
        last = 0
    }

    public mutating func next<Entity>(at now: Instant, of _: Entity.Type = Entity.self) -> ID<Entity> {
        let since = max(now.milliseconds - Self.epoch, 1)
        let earliest = place.map { (since - since % 1000) << 12 + $0 } ?? since << 12
        // The last value holds time and sequence; when the sequence runs over it borrows the next millisecond.
        last = max(earliest, last + 1)
        return ID((last >> 12) << 22 | Int64(node & 1023) << 12 | (last & 0xfff))
    }
}

extension ID {
    /// When it was made, to the millisecond; of what was imported, when it happened.
    public var madeAt: Instant { Instant(milliseconds: IDSequence.epoch + rawValue >> 22) }

    /// Smaller than all that are made from that moment on, and greater than those made before.
    public static func first(at instant: Instant) -> ID { ID(max(instant.milliseconds - IDSequence.epoch, 0) << 22) }
}
