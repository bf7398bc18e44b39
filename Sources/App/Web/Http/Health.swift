import Database
import Domain
import HTTPTypes

/// `/health`: whether this node can serve, for the load balancer and whoever keeps watch. It can when it can read and
/// store: it tries both, the latter at most once in two seconds, however many ask.
enum Health {
    /// A node that failed to store something is not well for as many seconds.
    private static let memory = Duration.seconds(5)

    static let routes: [Route] = [
        Route(.get, "/health") { _, installation in
            guard let fault = await installation.healthFault() else { return .text("ok\n") }
            if installation.storage.log.allows("health") {
                installation.logger.error("not healthy", metadata: ["error": "\(fault)"])
            }
            // The cause, with the names of files and servers, is for the log.
            var answer = Reply.text("nothing can be stored\n")
            answer.status = .serviceUnavailable
            answer.headers[.retryAfter] = "5"
            return answer
        }
    ]

    fileprivate static func isRecent(_ fault: Database.StorageFault) -> Bool { .now - fault.at < memory }

    /// The row that is written again and again; no job has this name.
    fileprivate static let row = "health"
}

extension Installation {
    /// Why nothing can be stored; nil at best. Never waits longer than a few seconds.
    func healthFault() async -> String? {
        if let fault = clockFault(at: now()) { return fault }
        if let fault = database.fileFault { return fault }
        if let fault = database.latestStorageFault, Health.isRecent(fault) { return fault.reason }
        let database = database
        let readFault = await storage.reading.answer {
            do {
                let answer: Int64? = try await database.read(tenant: nil) { try $0.value("SELECT 1") }
                return answer == 1 ? nil : "the database answers wrongly"
            } catch { return "\(error)" }
        }
        if let readFault { return readFault }
        let now = now()
        return await storage.writing.answer {
            do {
                try await database.write(tenant: nil) { tx in
                    try tx.run(
                        """
                        INSERT INTO jobs (name, due_at, finished_at) VALUES (\(Health.row), \(now), \(now))
                        ON CONFLICT (name) DO UPDATE SET due_at = excluded.due_at, finished_at = excluded.finished_at
                        """)
                }
                return nil
            } catch { return "\(error)" }
        }
    }
}
