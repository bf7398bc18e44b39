import Database
import Domain

extension Installation {
    /// Lines that a consumer takes in one transaction.
    static let linesAtOnce: Int64 = 500

    /// Lets every consumer read what has happened since, in every municipality. Any number of nodes may do this at once.
    /// A fault in one stops none after it; the first is thrown at the end.
    ///
    /// - Returns: how many lines of the history were passed.
    func runConsumers() async throws -> Int {
        var passed = 0
        var firstFault: (any Error)?
        for consumer in EventConsumers.all {
            for municipality in try await municipalitiesAhead(of: consumer.name) {
                do {
                    // When Torg is being stopped, the rest is read at the next start.
                    while !Task.isCancelled, case let count = try await advance(consumer, in: municipality), count > 0 {
                        passed += count
                    }
                } catch {
                    firstFault = firstFault ?? error
                }
            }
        }
        if let firstFault { throw firstFault }
        return passed
    }

    /// Where something has happened that the consumer has not read: the one question that carries no municipality.
    private func municipalitiesAhead(of consumer: String) async throws -> [ID<Municipality>] {
        try await database.read(tenant: nil) { tx in
            try tx.rows(
                """
                SELECT id FROM municipalities
                WHERE coalesce((SELECT max(position) FROM event_positions WHERE municipality = municipalities.id), 0)
                    > coalesce((SELECT position FROM event_cursors
                        WHERE municipality = municipalities.id AND consumer = \(consumer)), 0)
                ORDER BY id
                """
            ).map { try $0["id"] }
        }
    }

    /// - Returns: how many lines were passed; 0 at the end of the history, and where another node is at it.
    private func advance<Consumer: EventConsumer>(
        _ consumer: Consumer, in municipality: ID<Municipality>
    ) async throws -> Int {
        let (from, end, derived) = try await read(municipality, as: { _, _, _ in .system }) { op in
            let from = try op.history.cursor(of: consumer.name)
            let end = min(try op.history.newestPosition(), from + Self.linesAtOnce)
            let lines = try op.history.lines(after: from, upTo: end, kinds: consumer.kinds)
            return (from, end, try consumer.derive(from: lines, in: op))
        }
        guard end > from else { return 0 }
        return try await write(municipality, as: { _, _, _ in .system }) { op in
            guard try op.history.moveCursor(of: consumer.name, from: from, to: end) else { return 0 }
            try consumer.store(derived, in: op)
            return Int(end - from)
        }
    }
}

extension HistoryFacade {
    /// Up to which position a consumer has read.
    ///
    /// - Parameter forChange: keeps it there until the transaction ends.
    func cursor(of consumer: String, forChange: Bool = false) throws -> Int64 {
        let lock: SQL = forChange ? tx.dialect.forUpdate : ""
        return try tx.value(
            "SELECT position FROM event_cursors WHERE municipality = \(tenant) AND consumer = \(consumer)\(lock)") ?? 0
    }

    /// - Returns: false when another node has been here before.
    func moveCursor(of consumer: String, from: Int64, to end: Int64) throws -> Bool {
        try tx.run(
            """
            INSERT INTO event_cursors (municipality, consumer, position) VALUES (\(tenant), \(consumer), \(end))
            ON CONFLICT (municipality, consumer) DO UPDATE SET position = \(end) WHERE event_cursors.position = \(from)
            """) == 1
    }
}
