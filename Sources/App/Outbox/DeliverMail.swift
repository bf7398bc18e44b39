import Adapters
import Database
import Domain

extension Installation {
    /// How many mails are sent at once.
    static let mailsAtOnce = 4

    /// Sends what is due, and says how many were sent. Each mail is claimed by itself, so any number of nodes may do
    /// this at once. Throws the first fault when all that could be sent is sent.
    func deliverMails() async throws -> Int {
        let waiting = try await municipalitiesWithMail()
        guard !waiting.isEmpty else { return 0 }
        let ends = await withTaskGroup { group in
            for sender in 0..<Self.mailsAtOnce { group.addTask { await self.deliver(waiting, as: sender) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        if let fault = ends.compactMap(\.fault).first { throw fault }
        return ends.reduce(0) { $0 + $1.sent }
    }

    /// What one sender has done.
    struct Delivery: Sendable {
        var sent = 0
        /// The first one; it has stopped nobody's mail but that of its own municipality.
        var fault: (any Error)?
    }

    /// One mail after the other, until nothing is due or the task is cancelled; one that has been claimed is finished.
    ///
    /// - Parameter sender: each begins with another municipality, so that a long queue in one delays nobody else's.
    func deliver(_ waiting: [ID<Municipality>], as sender: Int) async -> Delivery {
        var delivery = Delivery()
        for step in waiting.indices {
            do {
                try await deliver(waiting[(step + sender) % waiting.count], into: &delivery)
            } catch {
                delivery.fault = delivery.fault ?? error
            }
        }
        return delivery
    }

    private func deliver(_ municipality: ID<Municipality>, into delivery: inout Delivery) async throws {
        var claim = Task.isCancelled ? nil : try await MailClaim.next(of: municipality, in: self)
        while let mail = claim {
            // Not a child of this task: a mail is sent, and what became of it stored, although Torg is being stopped.
            let outcome = try await Task { try await mail.send() }.value
            if case .sent = outcome { delivery.sent += 1 }
            do {
                claim = try await mail.end(with: outcome, claimsNext: !Task.isCancelled)
            } catch {
                // Whatever is wrong with the next mail, this one has an outcome. Nothing is claimed with it now: it may
                // have been stored, and the answer lost. What was claimed then is tried again when the lease is over.
                _ = try await Task {
                    // Patiently: an outcome that is not stored makes a mail uncertain that went out well.
                    try await patiently { try await mail.end(with: outcome, claimsNext: false) }
                }.value
                claim = Task.isCancelled ? nil : try await MailClaim.next(of: municipality, in: self)
            }
        }
    }

    /// Looks into the outbox of all municipalities at once: the one question that carries none.
    func municipalitiesWithMail() async throws -> [ID<Municipality>] {
        let now = now()
        return try await database.read(tenant: nil) { tx in
            try tx.rows(
                """
                SELECT DISTINCT municipality FROM mails
                WHERE state IN ('waiting', 'sending', 'handed_over') AND next_attempt_at <= \(now) ORDER BY municipality
                """
            ).map { try $0["municipality"] }
        }
    }
}

/// A mail that this process has taken on itself to send. Its number of attempts is the proof: whoever claims the mail
/// later raises it, and what this one still writes then touches no row.
struct MailClaim: Sendable {
    /// Milliseconds; longer than any mail server may take (`SMTPServer.Timeouts.total`).
    static let lease: Int64 = 15 * 60_000

    let installation: Installation
    let municipality: Municipality
    /// Where answers go.
    let replyTo: String?
    let mail: MailRecord

    /// The next mail that is due, or nil.
    static func next(of municipality: ID<Municipality>, in installation: Installation) async throws -> MailClaim? {
        try await installation.write(municipality, as: { _, _, _ in .system }) { try next(in: $0) }
    }

    private static func next(in op: Operation) throws -> MailClaim? {
        while let row = try op.tx.row(
            """
            SELECT * FROM mails
            WHERE municipality = \(op.tenant) AND state IN ('waiting', 'sending', 'handed_over')
                AND next_attempt_at <= \(op.now)
            ORDER BY next_attempt_at, id LIMIT 1\(op.tx.dialect.forUpdateSkipLocked)
            """)
        {
            var mail = try MailRecord(row)
            // A gateway is not known to make one thing of two.
            let isTheSame = mail.medium == .mail && op.installation.settings.repeatedMailIsTheSame
            if mail.state == .handedOver && !isTheSame {
                // Torg stopped in the one moment in which nobody can know.
                try MailOutcome.uncertain("Torg stopped after the mail was handed over").store(mail, in: op)
                continue
            }
            mail.attempts += 1
            mail.state = .sending
            guard try mail.sayNothingConfidential(in: op) else { continue }
            let until = op.now.adding(milliseconds: lease)
            try op.tx.send(
                """
                UPDATE mails SET state = 'sending', attempts = \(mail.attempts), next_attempt_at = \(until),
                    lease_until = \(until)
                WHERE municipality = \(op.tenant) AND id = \(mail.id)
                """)
            return MailClaim(
                installation: op.installation, municipality: op.municipality,
                replyTo: mail.isAnswerable ? op.directory.units[op.municipality.centre]?.email : nil, mail: mail)
        }
        return nil
    }

    /// What became of the mail; nil when another has it by now. Throws only when the database fails; the lease then
    /// runs out by itself.
    func send() async throws -> MailOutcome? {
        do {
            try await sendByItsMedium()
            return .sent
        } catch is ClaimLost {
            return nil
        } catch is BecameConfidential {
            return .waiting(milliseconds: 0, fault: "the case has become confidential; it is worded anew")
        } catch let error as MailDeliveryError {
            return MailOutcome(error, attempts: mail.attempts)
        } catch let error as DatabaseError {
            throw error
        } catch {
            return .later("\(error)", attempts: mail.attempts)
        }
    }

    /// Stores what became of the mail and claims the next one, both or neither: one wait for the disk.
    ///
    /// - Returns: the next mail, which must be sent; nil when none is due or none was asked for.
    func end(with outcome: MailOutcome?, claimsNext: Bool) async throws -> MailClaim? {
        try await installation.write(municipality.id, as: { _, _, _ in .system }) { op in
            try outcome?.store(mail, in: op)
            return claimsNext ? try Self.next(in: op) : nil
        }
    }

    private func sendByItsMedium() async throws {
        let id = "\(municipality.id)-\(mail.id)"
        switch mail.medium {
        case .mail: try await installation.mail.send(try compose(), id: id) { try await handOver() }
        case .sms:
            guard let gateway = installation.settings.sms else {
                throw MailDeliveryError.temporary(code: nil, explanation: "there is no SMS gateway; set TORG_SMS")
            }
            // Nobody tells when the first byte leaves: from here on a crash leaves it uncertain.
            try await handOver()
            try await installation.sendSMS(gateway, mail.address, try await text(), id)
        }
    }

    private struct ClaimLost: Error {}
    private struct BecameConfidential: Error {}

    /// What the text message says. A code stands in it for the first time here.
    private func text() async throws -> String {
        guard mail.kind == FollowCode.kind else { return mail.body }
        let code = try await installation.read(municipality.id, as: { _, _, _ in .system }) { op in
            try FollowCode.code(of: mail, in: op)
        }
        guard let code else { throw MailDeliveryError.permanent(code: nil, explanation: "the code is too old") }
        return Words.fill(mail.body, ["code": code])
    }

    /// From here on a repeat could be a second mail. Durable before the first byte of the text leaves.
    private func handOver() async throws {
        let (stored, isTold) = try await installation.write(municipality.id, as: { _, _, _ in .system }) { op in
            // In the moment between, the case may have become confidential.
            if try mail.tellsOfConfidential(in: op) { return (0, true) }
            let stored = try op.tx.run(
                """
                UPDATE mails SET state = 'handed_over'
                WHERE municipality = \(op.tenant) AND id = \(mail.id) AND state = 'sending'
                    AND attempts = \(mail.attempts) AND lease_until > \(op.now)
                """)
            return (stored, false)
        }
        if isTold { throw BecameConfidential() }
        guard stored == 1 else { throw ClaimLost() }
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
