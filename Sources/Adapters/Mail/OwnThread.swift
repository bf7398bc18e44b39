import Foundation

/// Runs blocking work on a new thread and waits for it without holding one of the concurrency pool's.
func ownThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
    }
}

/// The reverse: runs asynchronous work and blocks until it has ended. Only on a thread that ``ownThread(_:)`` made; on
/// one of the concurrency pool's it could wait for itself.
func blocking(_ work: @escaping @Sendable () async throws -> Void) -> Result<Void, any Error> {
    let outcome = Outcome()
    Task {
        do {
            try await work()
            outcome.set(.success(()))
        } catch { outcome.set(.failure(error)) }
    }
    return outcome.wait()
}

private final class Outcome: @unchecked Sendable {
    // Guarded by the semaphore: written before its signal, read after its wait.
    private var result: Result<Void, any Error> = .success(())
    private let done = DispatchSemaphore(value: 0)

    func set(_ result: Result<Void, any Error>) {
        self.result = result
        done.signal()
    }

    func wait() -> Result<Void, any Error> {
        done.wait()
        return result
    }
}
