import Synchronization

/// Wakes its waiter, even if it rang just before the wait began.
final class Wakening: Sendable {
    private struct State {
        var hasRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    /// How many mails were queued so far, in transactions that may yet be undone.
    private let queued = Mutex(0)

    /// To be told within the transaction; the ringing comes when it is stored.
    func note() { queued.withLock { $0 += 1 } }

    /// To be compared before and after a transaction: has it, or another meanwhile, queued something?
    var count: Int { queued.withLock { $0 } }

    func ring() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            state.hasRung = state.waiter == nil
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns when it rings, when the time is over, or when the task is cancelled. One may wait at a time.
    func wait(atMost time: Duration) async {
        let clock = Task {
            do {
                try await Task.sleep(for: time)
                ring()
            } catch {}
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    defer { state.hasRung = false }
                    if !state.hasRung { state.waiter = continuation }
                    return state.hasRung
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
        clock.cancel()
    }
}
