import Database
import Domain

/// A task that this process has taken on itself. Its number of claims is the proof: whoever takes it later raises it,
/// and what this one still writes then touches no row.
struct TaskClaim: Sendable {
    /// Milliseconds for which it is kept from others; renewed with each step, which takes far less.
    static let lease: Int64 = 5 * 60_000

    let installation: Installation
    let municipality: ID<Municipality>
    let stored: StoredTask

    /// The next task of the lane that is due in the municipality; nil when none is.
    static func next(
        in lane: TaskLane, of municipality: ID<Municipality>, _ installation: Installation
    ) async throws -> TaskClaim? {
        let inOrder = installation.taskKinds.filter { $0.isInOrder }.map { $0.kind }
        return try await installation.write(municipality, as: { _, _, _ in .system }) { op in
            let row = try op.tx.row(
                """
                SELECT * FROM tasks
                WHERE municipality = \(op.tenant) AND lane = \(lane.rawValue) AND state IN ('waiting', 'running')
                    AND next_attempt_at <= \(op.now) AND (kind NOT IN \(list: inOrder) OR NOT EXISTS (
                        SELECT 1 FROM tasks AS earlier WHERE earlier.municipality = tasks.municipality
                            AND earlier.kind = tasks.kind AND earlier.id < tasks.id
                            AND earlier.state IN ('waiting', 'running')))
                ORDER BY next_attempt_at, id LIMIT 1\(op.tx.dialect.forUpdateSkipLocked)
                """)
            guard let stored = try row.map(StoredTask.init) else { return nil }
            guard stored.attempts < StoredTask.greatestAttempts else {
                // Whoever had it died of it, or never came to say what happened.
                try op.tx.run(
                    """
                    UPDATE tasks SET state = 'failed', fault = \("begun \(stored.attempts) times and never ended")
                    WHERE municipality = \(op.tenant) AND id = \(stored.id)
                    """)
                return nil
            }
            try op.tx.run(
                """
                UPDATE tasks SET state = 'running', attempts = attempts + 1, claims = claims + 1,
                    next_attempt_at = \(op.now.adding(milliseconds: lease))
                WHERE municipality = \(op.tenant) AND id = \(stored.id)
                """)
            return TaskClaim(installation: installation, municipality: municipality, stored: stored)
        }
    }

    /// The attempt that this claim began.
    private var attempt: Int { stored.attempts + 1 }

    private func isThis(in op: Operation) -> SQL {
        """
        municipality = \(op.tenant) AND id = \(stored.id) AND state = 'running' AND claims = \(stored.claims + 1)
        """
    }

    /// Does the task to its end, until Torg is being stopped, or until somebody else has it.
    ///
    /// - Returns: how much was done; throws only what the database throws.
    func run() async throws -> Int {
        do {
            guard let kind = installation.taskKinds.first(where: { $0.kind == stored.kind }) else {
                throw UnknownKind(kind: stored.kind)
            }
            return try await run(kind)
        } catch let error as DatabaseError where error.retryAfter != nil {
            // Nothing is wrong with the task; when the lease is over, it is taken again.
            throw error
        } catch {
            try await fail("\(error)")
            return 0
        }
    }

    private struct UnknownKind: Error { let kind: String }

    private func run<Task: TaskKind>(_: Task.Type) async throws -> Int {
        var task = try JSON.decode(Task.self, stored.payload)
        var total = 0
        while true {
            let next = task
            let (after, step) = try await installation.write(municipality, as: { _, _, _ in .system }) { op in
                guard try isHeld(in: op) else { return (next, nil as TaskStep?) }
                var task = next
                let step = try task.perform(in: op)
                try store(task, step, in: op)
                return (task, step)
            }
            guard let step else { return total }
            task = after
            total += step.count
            if step.isOver { return total }
            if Swift.Task.isCancelled {
                try await giveBack()
                return total
            }
        }
    }

    /// Whether it is still this attempt's, and nobody has stopped it.
    private func isHeld(in op: Operation) throws -> Bool {
        try op.tx.row(
            """
            SELECT 1 FROM tasks WHERE \(isThis(in: op))\(op.tx.dialect.forUpdate)
            """) != nil
    }

    /// In the step's own transaction: a step that is done is never done again.
    private func store(_ task: some TaskKind, _ step: TaskStep, in op: Operation) throws {
        if step.isOver {
            try op.tx.run("DELETE FROM tasks WHERE municipality = \(op.tenant) AND id = \(stored.id)")
            return
        }
        try op.tx.run(
            """
            UPDATE tasks SET payload = \(String(decoding: try JSON.encode(task), as: UTF8.self)),
                done = done + \(step.count), attempts = 1, fault = NULL, next_attempt_at = \(op.now.adding(milliseconds: Self.lease))
            WHERE municipality = \(op.tenant) AND id = \(stored.id)
            """)
    }

    /// Torg is being stopped: another node may go on at once.
    private func giveBack() async throws {
        try await end("state = 'waiting', next_attempt_at = \(installation.now()), attempts = \(attempt - 1)")
    }

    /// Tried again after a pause, or not any more.
    private func fail(_ fault: String) async throws {
        let fault = String(fault.prefix(1_000))
        installation.logger.error(
            "a task failed", metadata: ["task": "\(stored.kind)", "id": "\(stored.id)", "attempt": "\(attempt)"])
        let isOver = attempt >= StoredTask.greatestAttempts
        let next = installation.now().adding(milliseconds: BackOff.scattered(after: attempt))
        try await end("state = \(isOver ? "failed" : "waiting"), next_attempt_at = \(next), fault = \(fault)")
    }

    private func end(_ change: SQL) async throws {
        _ = try await installation.write(municipality, as: { _, _, _ in .system }) { op in
            try op.tx.run(
                """
                UPDATE tasks SET \(change) WHERE \(isThis(in: op))
                """)
        }
    }
}
