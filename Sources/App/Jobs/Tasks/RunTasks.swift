import Database
import Domain

extension Installation {
    /// Does what is due, one task after the other in each lane. A municipality with many gives way to the others after
    /// each.
    ///
    /// - Returns: how many tasks were worked on.
    func runTasks() async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for lane in TaskLane.allCases { group.addTask { try await run(lane) } }
            return try await group.reduce(0, +)
        }
    }

    func run(_ lane: TaskLane) async throws -> Int {
        var total = 0
        while case let waiting = try await municipalitiesWithTasks(in: lane), !waiting.isEmpty {
            var isIdle = true
            for municipality in waiting where !Task.isCancelled {
                guard let claim = try await TaskClaim.next(in: lane, of: municipality, self) else { continue }
                _ = try await claim.run()
                isIdle = false
                total += 1
            }
            // Another node has those that are due.
            if isIdle { break }
        }
        return total
    }

    /// The one question that carries no municipality.
    private func municipalitiesWithTasks(in lane: TaskLane) async throws -> [ID<Municipality>] {
        let now = now()
        return try await database.read(tenant: nil) { tx in
            try tx.rows(
                """
                SELECT DISTINCT municipality FROM tasks
                WHERE state IN ('waiting', 'running') AND lane = \(lane.rawValue) AND next_attempt_at <= \(now)
                ORDER BY municipality
                """
            ).map { try $0["municipality"] }
        }
    }
}
