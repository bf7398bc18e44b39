import Database
import Domain
import HTTPTypes

/// `/metrics`: figures for operators, as Prometheus and its like read them (text format 0.0.4). Answered only to whoever
/// has the key of the setting TORG_METRICS_KEY; without that setting there is no such address. Nothing in it is about a
/// person or a case.
enum Metrics {
    static let routes: [Route] = [
        Route(.get, "/metrics") { visit, installation in
            guard let key = installation.settings.metricsKey,
                let given = visit.headers[.authorization], Secret.isSame(given, "Bearer " + key)
            else { throw Refusal.notFound }
            var text = MetricsText()
            text.process(of: installation)
            try await text.stored(in: installation)
            return .text(text.lines, type: "text/plain; version=0.0.4; charset=utf-8")
        }
    ]
}

/// Lines of the text format.
private struct MetricsText {
    private(set) var lines = ""

    /// - Parameter values: by labels that are written out already: `state="waiting"`.
    mutating func add(_ name: String, _ type: String, _ help: String, _ values: [(labels: String, value: Double)]) {
        lines += "# HELP torg_\(name) \(help)\n# TYPE torg_\(name) \(type)\n"
        for (labels, value) in values {
            let number = value == value.rounded() ? "\(Int64(value))" : "\(value)"
            lines += "torg_\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(number)\n"
        }
    }

    mutating func process(of installation: Installation) {
        let counts = installation.requestCounts.counts
        add(
            "http_requests_total", "counter", "Requests that this process has answered, by class of status.",
            (1...5).map { ("status=\"\($0)xx\"", Double(counts.answered[$0] ?? 0)) })
        add(
            "http_request_seconds_total", "counter", "Time from whole request to answer, summed.",
            [("", counts.seconds)])
        let waiting = installation.database.waiting
        add(
            "database_waiting", "gauge", "Work that waits for a connection to the database.",
            [("kind=\"read\"", Double(waiting.reads)), ("kind=\"write\"", Double(waiting.writes))])
    }

    /// What waits in the database, the same on every node.
    mutating func stored(in installation: Installation) async throws {
        let now = installation.now()
        var (messages, oldest, tasks, due) = ([Line](), [Line](), [Line](), [Line]())
        for (id, slug, _) in try await Directories.all(in: installation.database) {
            let found = try await installation.database.read(tenant: id.rawValue) { tx in
                // The index of the messages is over those that are not sent.
                (
                    messages: try Waiting.rows("outbox WHERE municipality = \(id) AND state <> 'sent'", in: tx),
                    tasks: try Waiting.rows("tasks WHERE municipality = \(id)", in: tx)
                )
            }
            let place = "municipality=\"\(slug)\""
            messages += found.messages.map { ("\(place),state=\"\($0.state)\"", Double($0.count)) }
            tasks += found.tasks.map { ("\(place),state=\"\($0.state)\"", Double($0.count)) }
            oldest.append((place, found.messages.age(at: now)))
            due.append((place, found.tasks.age(at: now)))
        }
        add("outbox_messages", "gauge", "Messages that have not arrived, by state.", messages)
        add(
            "outbox_oldest_due_seconds", "gauge", "Seconds for which the oldest message that waits has been due.",
            oldest)
        add("tasks", "gauge", "Background work that is not done, by state.", tasks)
        add("tasks_oldest_due_seconds", "gauge", "Seconds for which the oldest work that waits has been due.", due)
        let jobs: Instant? = try await installation.database.read(tenant: nil) { tx in
            // Those of an earlier release are never done again.
            try tx.value("SELECT min(due_at) FROM jobs WHERE name IN \(list: Schedule.jobs.map(\.name))")
        }
        add(
            "jobs_oldest_due_seconds", "gauge", "Seconds for which the latest job of the schedule has been due.",
            [("", seconds(from: jobs, to: now))])
    }

    private typealias Line = (labels: String, value: Double)
}

/// Rows of one state that wait in a table.
private struct Waiting: Sendable {
    let state: String
    let count: Int
    let due: Instant

    /// - Parameter table: with the condition that the rows are found by.
    static func rows(_ table: SQL, in tx: Transaction) throws -> [Waiting] {
        try tx.rows(
            "SELECT state, count(*) AS number, min(next_attempt_at) AS due FROM \(table) GROUP BY state ORDER BY state"
        ).map(Waiting.init)
    }

    private init(_ row: Row) throws {
        (state, count, due) = (try row["state"], try row["number"], try row["due"])
    }
}

extension [Waiting] {
    /// Seconds for which the first that waits has been due; 0 when none is.
    fileprivate func age(at now: Instant) -> Double { seconds(from: first { $0.state == "waiting" }?.due, to: now) }
}

/// 0 when it is not due yet, or there is nothing.
private func seconds(from due: Instant?, to now: Instant) -> Double {
    due.map { max(0, Double(now.milliseconds - $0.milliseconds) / 1_000) } ?? 0
}
