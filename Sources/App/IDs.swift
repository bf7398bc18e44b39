import Domain
import Synchronization

/// The ids of this process.
final class IDs: Sendable {
    private let sequence: Mutex<IDSequence>

    init(node: Int, after newest: Int64 = 0) { sequence = Mutex(IDSequence(node: node, after: newest)) }

    private init(past strand: Int, node: Int) { sequence = Mutex(IDSequence(past: strand, node: node)) }

    /// For one thing that happened earlier; see `IDSequence.init(past:node:)`.
    func past(_ strand: Int) -> IDs { IDs(past: strand, node: node) }

    func next<Entity>(at now: Instant, of _: Entity.Type = Entity.self) -> ID<Entity> {
        sequence.withLock { $0.next(at: now) }
    }

    /// 0–1023, the process's number in what follows.
    var node: Int {
        get { sequence.withLock(\.node) }
        set { sequence.withLock { $0.node = newValue } }
    }
}
