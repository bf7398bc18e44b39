import HTTPTypes

/// `/health`: whether this node can serve, for the load balancer and whoever keeps watch.
enum Health {
    static let routes: [Route] = [
        Route(.get, "/health") { _, installation in
            do {
                let answer: Int64? = try await installation.database.read(tenant: nil) { try $0.value("SELECT 1") }
                guard answer == 1 else { return unavailable }
                return .text("ok\n")
            } catch {
                installation.logger.warning("the database does not answer", metadata: ["error": "\(error)"])
                return unavailable
            }
        }
    ]

    private static var unavailable: Reply {
        var answer = Reply.text("the database does not answer\n")
        answer.status = .serviceUnavailable
        return answer
    }
}
