import Database
import Domain

extension Installation {
    /// How many senders there are, each with one message at a time; what they take says `Lane.served`.
    static let sendersAtOnce = 5

    /// Sends what is due, and says how many were sent. Each message is claimed by itself, so any number of nodes may do
    /// this at once. Throws the first fault when all that could be sent is sent.
    func deliverMessages() async throws -> Int {
        let waiting = try await waitingMessages()
        guard !waiting.isEmpty else { return 0 }
        let ends = await withTaskGroup { group in
            for sender in 0..<Self.sendersAtOnce { group.addTask { await self.deliver(waiting, as: sender) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        if let fault = ends.compactMap(\.fault).first { throw fault }
        return ends.reduce(0) { $0 + $1.sent }
    }

    /// What one sender has done.
    struct Delivery: Sendable {
        var sent = 0
        /// The first one; it has stopped nobody's messages but those of its own municipality.
        var fault: (any Error)?
    }

    /// One message after the other, until nothing is due or the task is cancelled; one that has been claimed is finished.
    ///
    /// - Parameter sender: each begins with another municipality, so that a long queue in one delays nobody else's.
    func deliver(_ waiting: [WaitingMessages], as sender: Int) async -> Delivery {
        let lanes = Lane.served(by: sender)
        let own = waiting.filter { !$0.lanes.isDisjoint(with: lanes) }.map(\.municipality)
        var delivery = Delivery()
        for step in own.indices {
            do {
                try await deliver(own[(step + sender) % own.count], lanes, into: &delivery)
            } catch {
                delivery.fault = delivery.fault ?? error
            }
        }
        return delivery
    }

    private func deliver(
        _ municipality: ID<Municipality>, _ lanes: [Lane], into delivery: inout Delivery
    ) async throws {
        var next = Task.isCancelled ? nil : try await OutboxClaim.next(of: municipality, in: lanes, self)
        while let claim = next {
            // Not a child of this task: a message is sent, and what became of it stored, although Torg is being stopped.
            let outcome = try await Task { try await claim.send() }.value
            if case .sent = outcome { delivery.sent += 1 }
            do {
                next = try await claim.end(with: outcome, claimsNext: !Task.isCancelled)
            } catch {
                // Whatever is wrong with the next message, this one has an outcome. Nothing is claimed with it now: it may
                // have been stored, and the answer lost. What was claimed then is tried again when the lease is over.
                _ = try await Task {
                    // Patiently: an outcome that is not stored makes a message uncertain that went out well.
                    try await patiently { try await claim.end(with: outcome, claimsNext: false) }
                }.value
                next = Task.isCancelled ? nil : try await OutboxClaim.next(of: municipality, in: lanes, self)
            }
        }
    }

    /// A municipality with messages that are due.
    struct WaitingMessages: Sendable {
        let municipality: ID<Municipality>
        let lanes: Set<Lane>
    }

    /// Looks into the outbox of all municipalities at once: the one question that carries none. However much waits, it is
    /// a look-up for each lane.
    func waitingMessages() async throws -> [WaitingMessages] {
        let now = now()
        return try await database.read(tenant: nil) { tx in
            var waiting: [ID<Municipality>: Set<Lane>] = [:]
            for lane in Lane.allCases {
                let rows = try tx.rows(
                    """
                    SELECT id FROM municipalities
                    WHERE EXISTS (SELECT 1 FROM outbox WHERE outbox.municipality = municipalities.id AND lane = \(lane)
                        AND state IN ('waiting', 'sending', 'handed_over') AND next_attempt_at <= \(now))
                    """)
                for row in rows { waiting[try row["id"], default: []].insert(lane) }
            }
            return waiting.sorted { $0.key < $1.key }.map { WaitingMessages(municipality: $0, lanes: $1) }
        }
    }
}

/// Again and again while the database is away; throws what the last try threw.
func patiently<Value>(
    tries: Int = 60, pause: Duration = .seconds(1), _ body: () async throws -> Value
) async throws -> Value {
    for _ in 1..<tries {
        do { return try await body() } catch let error as DatabaseError
            where error == .conflict || error.retryAfter != nil
        {
            try await Task.sleep(for: pause)
        }
    }
    return try await body()
}
