import Domain

/// Keeps something that is derived from the history, and can be built anew from it. Every line comes once and in the order of
/// commits, a moment after it happened.
protocol EventConsumer: Sendable {
    associatedtype Derived: Sendable

    /// Stored with how far it has read; never changed.
    var name: String { get }
    /// The kinds it reads, as stored.
    var kinds: [String] { get }

    /// Works out what follows, in a transaction that only reads: nobody waits for it.
    func derive(from lines: [HistoryLine], in op: Operation) throws -> Derived
    /// Stores it, in the transaction that also stores how far the history has been read.
    func store(_ derived: Derived, in op: Operation) throws
}

enum EventConsumers {
    static let all: [any EventConsumer] = [CountByDay()]
}
