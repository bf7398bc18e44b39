import Foundation

/// Jobs in the order they came, and the threads that take them. A job that waits too long fails as `unavailable`.
final class JobQueue: @unchecked Sendable {
    private let patience: Duration
    /// Guards everything below; signalled when a job comes, and when a thread ends.
    private let condition = NSCondition()
    private var jobs: [any Job] = []
    private var head = 0
    private var closed = false
    private var sweeping = false
    private var threads = 0

    init(patience: Duration) {
        self.patience = patience
    }

    /// Waits for the closure's turn, runs it on one of the queue's threads and gives its value.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (any Session) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            submit(
                WaitingJob(deadline: .now + patience, continuation: continuation, body: body))
        }
    }

    /// Lets a job wait for its turn; one that waited elsewhere keeps its deadline.
    func submit(_ job: any Job) {
        condition.lock()
        if closed {
            condition.unlock()
            return job.fail(DatabaseError.unavailable(retryAfter: 5))
        }
        jobs.append(job)
        let startSweeping = !sweeping
        sweeping = true
        condition.signal()
        condition.unlock()
        if startSweeping { sweepLater() }
    }

    /// How many no thread has taken yet.
    var waiting: Int {
        condition.lock()
        defer { condition.unlock() }
        return jobs.count - head
    }

    /// The next job, as soon as there is one; nil when the queue is closed and empty.
    func take() -> (any Job)? {
        condition.lock()
        defer { condition.unlock() }
        while head == jobs.count && !closed { condition.wait() }
        return removeFirst()
    }

    /// The next job if it is there already.
    func takeWaiting() -> (any Job)? {
        condition.lock()
        defer { condition.unlock() }
        return removeFirst()
    }

    private func removeFirst() -> (any Job)? {
        guard head < jobs.count else { return nil }
        let job = jobs[head]
        head += 1
        if head == jobs.count {
            jobs.removeAll(keepingCapacity: jobs.capacity <= 1024)
            head = 0
        } else if head >= 1024 {
            jobs.removeFirst(head)
            head = 0
        }
        return job
    }

    /// Starts a thread of the queue; `close` waits for it.
    func startThread(name: String, _ body: @escaping @Sendable () -> Void) {
        condition.lock()
        threads += 1
        condition.unlock()
        let thread = Thread { [self] in
            body()
            condition.lock()
            threads -= 1
            condition.broadcast()
            condition.unlock()
        }
        thread.name = name
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Takes no more jobs, lets those that wait be done, and returns when the threads have ended.
    func close() async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in
                condition.lock()
                closed = true
                condition.broadcast()
                while threads > 0 { condition.wait() }
                condition.unlock()
                continuation.resume()
            }
        }
    }

    private func sweepLater() {
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(100)) { [weak self] in self?.sweep() }
    }

    /// Jobs stand in the order of their deadlines.
    private func sweep() {
        var expired: [any Job] = []
        let now = ContinuousClock.now
        condition.lock()
        while head < jobs.count, jobs[head].deadline <= now, let job = removeFirst() { expired.append(job) }
        sweeping = head < jobs.count
        let again = sweeping
        condition.unlock()
        for job in expired { job.fail(DatabaseError.unavailable(retryAfter: 2)) }
        if again { sweepLater() }
    }
}
