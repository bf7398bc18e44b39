/// A closure that waits for its turn on a thread of the database, and the caller who waits for it.
protocol Job: AnyObject, Sendable {
    var deadline: ContinuousClock.Instant { get }
    /// Runs the closure and keeps its value for `succeed`.
    func perform(in session: any Session) throws
    /// Resumes the caller with the value: to be called once what was written is durable.
    func succeed()
    /// Resumes the caller with an error.
    func fail(_ error: any Error)
}

/// Touched by one thread at a time: the caller's, then that of the connection.
final class WaitingJob<Value: Sendable>: Job, @unchecked Sendable {
    let deadline: ContinuousClock.Instant
    private let body: @Sendable (any Session) throws -> Value
    private var continuation: CheckedContinuation<Value, any Error>?
    private var value: Value?

    init(
        deadline: ContinuousClock.Instant, continuation: CheckedContinuation<Value, any Error>,
        body: @escaping @Sendable (any Session) throws -> Value
    ) {
        self.deadline = deadline
        self.continuation = continuation
        self.body = body
    }

    func perform(in session: any Session) throws {
        value = try body(session)
    }

    func succeed() {
        guard let value else { return fail(DatabaseError.failed("a transaction was committed before it ran")) }
        continuation?.resume(returning: value)
        continuation = nil
    }

    func fail(_ error: any Error) {
        continuation?.resume(throwing: error)
        continuation = nil
    }
}
