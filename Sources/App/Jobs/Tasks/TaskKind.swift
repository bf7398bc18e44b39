import Domain

/// Work that is queued in the transaction that wants it, and done afterwards: a portion at a time, each in a transaction of
/// its own with how far it has come. Whatever stops it, it goes on where it was. Its stored fields say what is left.
protocol TaskKind: Sendable, Codable {
    /// Stored, and the key of its words (`task.<kind>`); never changed.
    static var kind: String { get }
    static var lane: TaskLane { get }
    /// One waits for those of the same kind that were queued before it in the municipality.
    static var isInOrder: Bool { get }

    /// Does the next portion.
    mutating func perform(in op: Operation) throws -> TaskStep
}

extension TaskKind {
    static var isInOrder: Bool { false }
}

/// What came of a portion.
struct TaskStep: Sendable {
    /// How much was done in it.
    var count: Int
    /// Nothing is left.
    var isOver: Bool
}

/// Tasks of one lane follow each other on a node and hold up no other lane.
enum TaskLane: String, Sendable, CaseIterable {
    /// Somebody waits for it.
    case prompt
    /// May take minutes.
    case long
}

/// Every kind there is.
enum TaskKinds {
    static let all: [any TaskKind.Type] = [RenewDeadlines.self, EraseByRule.self]
}

extension TaskFacade {
    /// Queues a task in this transaction: it is there when what wants it is stored, and not otherwise.
    ///
    /// - Parameter time: not before; nil for at once.
    func enqueue<Task: TaskKind>(_ task: Task, at time: Instant? = nil) throws {
        try tx.send(
            """
            INSERT INTO tasks (municipality, id, kind, lane, payload, state, next_attempt_at, created_at)
            VALUES (\(tenant), \(newID(of: StoredTask.self)), \(Task.kind), \(Task.lane.rawValue),
                \(String(decoding: try JSON.encode(task), as: UTF8.self)), 'waiting', \(time ?? now), \(now))
            """)
    }
}
