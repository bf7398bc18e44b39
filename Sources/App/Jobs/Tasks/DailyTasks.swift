import Database
import Domain

/// Work of every day, by the municipality's own clock.
struct DailyTask: Sendable {
    let time: TimeOfDay
    let task: any TaskKind

    /// - Parameter hour: 0–23.
    init(atHour hour: Int, _ task: some TaskKind) {
        time = TimeOfDay(minutes: hour * 60) ?? .midnight
        self.task = task
    }

    static let all = [
        // Whatever was stored by rules that held a moment earlier, by another node while they were changed.
        DailyTask(atHour: 3, RenewDeadlines()),
        DailyTask(atHour: 4, EraseByRule()),
    ]
}

extension Installation {
    /// Queues what is to be done today and has not been queued yet.
    ///
    /// - Returns: how many tasks were queued.
    func queueDailyTasks() async throws -> Int {
        try await inEachMunicipality { municipality in
            // Almost always there is nothing to do, and reading holds nobody up.
            guard try await read(municipality, { try !$0.dailyTasksToQueue().isEmpty }) else { return 0 }
            return try await write(municipality, as: { _, _, _ in .system }) { op in
                let due = try op.dailyTasksToQueue()
                for daily in due { try op.queueForToday(daily.task) }
                return due.count
            }
        }
    }
}

extension Operation {
    fileprivate func dailyTasksToQueue() throws -> [DailyTask] {
        let zone = municipality.timeZone
        let due = DailyTask.all.filter { zone.instant(of: today, at: $0.time) <= now }
        let rows = try tx.rows("SELECT kind FROM daily_plans WHERE municipality = \(tenant) AND day = \(today.number)")
        let queued = Set(try rows.map { try $0["kind"] as String })
        return due.filter { !queued.contains(type(of: $0.task).kind) }
    }

    fileprivate func queueForToday(_ task: some TaskKind) throws {
        try tasks.enqueue(task)
        try tx.run(
            """
            INSERT INTO daily_plans (municipality, kind, day)
            VALUES (\(tenant), \(type(of: task).kind), \(today.number))
            ON CONFLICT (municipality, kind) DO UPDATE SET day = excluded.day
            """)
    }
}
