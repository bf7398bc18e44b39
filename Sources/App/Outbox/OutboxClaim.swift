import Adapters
import Database
import Domain

/// A message that this process has taken on itself to send. Its number of attempts is the proof: whoever claims the message
/// later raises it, and what this one still writes then touches no row.
struct OutboxClaim: Sendable {
    /// Milliseconds; longer than any carrier may take (`SMTPServer.Timeouts.total`).
    static let lease: Int64 = 15 * 60_000

    let installation: Installation
    let municipality: Municipality
    /// Where answers go.
    let replyTo: String?
    let message: OutboxMessage
    /// Those of its sender, the first before the others.
    let lanes: [Lane]

    /// Names the message among all of the installation, the same at each attempt.
    var name: String { "\(municipality.id)-\(message.id)" }

    /// The next message that is due in one of the lanes, or nil.
    static func next(
        of municipality: ID<Municipality>, in lanes: [Lane] = Lane.allCases, _ installation: Installation
    ) async throws -> OutboxClaim? {
        try await installation.write(municipality, as: { _, _, _ in .system }) { try next(in: lanes, $0) }
    }

    private static func next(in lanes: [Lane], _ op: Operation) throws -> OutboxClaim? {
        for lane in lanes {
            if let claim = try next(in: lane, of: lanes, op) { return claim }
        }
        return nil
    }

    private static func next(in lane: Lane, of lanes: [Lane], _ op: Operation) throws -> OutboxClaim? {
        // Lane by lane, each a look-up in the index: what waits for another attempt in one is not read for the next.
        while let row = try op.tx.row(
            """
            SELECT * FROM outbox
            WHERE municipality = \(op.tenant) AND lane = \(lane) AND state IN ('waiting', 'sending', 'handed_over')
                AND next_attempt_at <= \(op.now)
            ORDER BY next_attempt_at, id LIMIT 1\(op.tx.dialect.forUpdateSkipLocked)
            """)
        {
            var message = try OutboxMessage(row)
            if message.state == .handedOver, !Carrier.of(message.medium).isRepeatable(op.installation) {
                // Torg stopped in the one moment in which nobody can know.
                try DeliveryOutcome.uncertain("Torg stopped after the message was handed over").store(message, in: op)
                continue
            }
            message.attempts += 1
            message.state = .sending
            guard try message.sayNothingConfidential(in: op) else { continue }
            let until = op.now.adding(milliseconds: lease)
            try op.tx.send(
                """
                UPDATE outbox SET state = 'sending', attempts = \(message.attempts), next_attempt_at = \(until),
                    lease_until = \(until)
                WHERE municipality = \(op.tenant) AND id = \(message.id)
                """)
            return OutboxClaim(
                installation: op.installation, municipality: op.municipality,
                replyTo: message.isAnswerable ? op.directory.units[op.municipality.centre]?.email : nil,
                message: message, lanes: lanes)
        }
        return nil
    }

    /// What became of the message; nil when another has it by now. Throws only when the database fails; the lease then
    /// runs out by itself.
    func send() async throws -> DeliveryOutcome? {
        do {
            try await Carrier.of(message.medium).send(self) { try await handOver() }
            return .sent
        } catch is ClaimLost {
            return nil
        } catch is BecameConfidential {
            return .waiting(milliseconds: 0, fault: "the case has become confidential; it is worded anew")
        } catch let error as DeliveryError {
            return DeliveryOutcome(error, attempts: message.attempts)
        } catch let error as DatabaseError {
            throw error
        } catch {
            return .later("\(error)", attempts: message.attempts)
        }
    }

    /// Stores what became of the message and claims the next one, both or neither: one wait for the disk.
    ///
    /// - Returns: the next message, which must be sent; nil when none is due or none was asked for.
    func end(with outcome: DeliveryOutcome?, claimsNext: Bool) async throws -> OutboxClaim? {
        try await installation.write(municipality.id, as: { _, _, _ in .system }) { op in
            try outcome?.store(message, in: op)
            return claimsNext ? try Self.next(in: lanes, op) : nil
        }
    }

    private struct ClaimLost: Error {}
    private struct BecameConfidential: Error {}

    /// From here on a repeat could be a second message. Durable before the first byte of the text leaves.
    private func handOver() async throws {
        let (stored, isTold) = try await installation.write(municipality.id, as: { _, _, _ in .system }) { op in
            // In the moment between, the case may have become confidential.
            if try message.tellsOfConfidential(in: op) { return (0, true) }
            let stored = try op.tx.run(
                """
                UPDATE outbox SET state = 'handed_over'
                WHERE municipality = \(op.tenant) AND id = \(message.id) AND state = 'sending'
                    AND attempts = \(message.attempts) AND lease_until > \(op.now)
                """)
            return (stored, false)
        }
        if isTold { throw BecameConfidential() }
        guard stored == 1 else { throw ClaimLost() }
    }
}
