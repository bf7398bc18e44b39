import Adapters
import Database
import Domain
import Support
import Synchronization
import Testing

@testable import App

/// The outbox: never twice, never lost silently, whatever the mail server or the machine does.
@Suite struct DeliverMessageTests {
    @Test func aReceiptGoesOutOnce() async throws {
        let torg = try await TestTorg()
        try await torg.report()
        #expect(try await torg.installation.deliverMessages() == 1)
        #expect(try await torg.installation.deliverMessages() == 0)
        let mail = try #require(torg.outbox.mails.first)
        let stored = try #require(try await torg.mails().first)
        #expect(torg.outbox.mails.count == 1)
        #expect(stored.state == .sent && stored.sentAt == torg.now && stored.attempts == 1)
        #expect(mail.to.address.description == "citizen@example.org")
        #expect(mail.subject == stored.subject && mail.text == stored.body)
        #expect(mail.messageID.hasPrefix("\(stored.id)."))
        #expect(mail.headers.map(\.name) == ["Auto-Submitted", "X-Auto-Response-Suppress", "List-Unsubscribe"])
        #expect(mail.language == "nb")
        await torg.close()
    }

    @Test func aMailKeepsItsMessageIDAtEachAttempt() async throws {
        let torg = try await TestTorg()
        let seen = Mutex<[String]>([])
        let installation = torg.sending { message, _, _ in
            seen.withLock { $0.append(message.messageID) }
            throw DeliveryError.temporary(code: 451, explanation: "busy")
        }
        try await torg.report()
        for _ in 0..<3 {
            _ = try await installation.deliverMessages()
            torg.advance(hours: 5)
        }
        #expect(seen.withLock { $0 }.count == 3)
        #expect(Set(seen.withLock { $0 }).count == 1)
        await torg.close()
    }

    @Test func pausesGrowFromAMinuteToFourHoursForTwoDays() async throws {
        let torg = try await TestTorg()
        let installation = torg.sending { _, _, _ in
            throw DeliveryError.temporary(code: 451, explanation: "busy")
        }
        try await torg.report()
        let began = torg.now
        var tries: [Instant] = []
        while try await torg.mails()[0].state == .waiting, tries.count < 100 {
            let due = try await torg.nextAttempt()
            torg.advance(to: due)
            _ = try await installation.deliverMessages()
            tries.append(due)
        }
        let pauses = zip(tries, tries.dropFirst()).map { ($1.milliseconds - $0.milliseconds) / 1_000 }
        #expect((60...72).contains(pauses[0]))
        #expect((120...144).contains(pauses[1]))
        #expect(pauses.allSatisfy { $0 <= 4 * 3_600 * 6 / 5 })
        #expect(pauses.last.map { $0 >= 4 * 3_600 } == true)
        let days = Double(torg.now.milliseconds - began.milliseconds) / 86_400_000
        #expect((1.7...2.6).contains(days))
        let stored = try await torg.mails()[0]
        #expect(stored.state == .failed && stored.fault == "busy")
        await torg.close()
    }

    @Test func beforeItsPauseIsOverAMailIsLeftAlone() async throws {
        let torg = try await TestTorg()
        let tries = Mutex(0)
        let installation = torg.sending { _, _, _ in
            tries.withLock { $0 += 1 }
            throw DeliveryError.temporary(code: nil, explanation: "no route")
        }
        try await torg.report()
        _ = try await installation.deliverMessages()
        torg.advance(to: torg.now.adding(milliseconds: 59_999))
        _ = try await installation.deliverMessages()
        #expect(tries.withLock { $0 } == 1)
        await torg.close()
    }

    @Test(arguments: [
        (DeliveryError.permanent(code: 550, explanation: "no such user"), OutboxMessage.State.failed),
        (DeliveryError.uncertain(explanation: "the connection broke"), OutboxMessage.State.uncertain),
    ])
    func whatIsFinalIsNotTriedAgain(_ error: DeliveryError, _ state: OutboxMessage.State) async throws {
        let torg = try await TestTorg()
        let tries = Mutex(0)
        let installation = torg.sending { _, _, handingOver in
            try await handingOver()
            tries.withLock { $0 += 1 }
            throw error
        }
        try await torg.report()
        for _ in 0..<3 {
            _ = try await installation.deliverMessages()
            torg.advance(days: 3)
        }
        let stored = try await torg.mails()[0]
        #expect(stored.state == state && stored.fault != nil)
        #expect(tries.withLock { $0 } == 1)
        await torg.close()
    }

    @Test func anAddressThatNoServerTakesFails() async throws {
        let torg = try await TestTorg()
        try await torg.report()
        try await torg.installation.write(torg.sandvik) { op in
            _ = try op.tx.run("UPDATE outbox SET address = 'åse@example.org' WHERE municipality = \(op.tenant)")
        }
        #expect(try await torg.installation.deliverMessages() == 0)
        #expect(try await torg.mails()[0].state == .failed)
        await torg.close()
    }

    @Test func aRefusedTransactionQueuesNothing() async throws {
        let torg = try await TestTorg()
        await #expect(throws: InputErrors.self) {
            try await torg.installation.write(torg.sandvik) { op in
                try DeliverMessageTests.register("citizen@example.org", in: op)
                throw InputErrors("text", "required")
            }
        }
        #expect(try await torg.mails().isEmpty)
        await torg.close()
    }

    @discardableResult
    static func register(_ email: String, in op: App.Operation) throws -> RegisterContact.Registered {
        var input = InputReader(["text": .text("The lamp is dark")])
        return try RegisterContact(
            channel: .telephone, direction: .incoming, at: nil, person: Person(email: EmailAddress(email)),
            questions: [QuestionInput(&input, in: op)]
        ).perform(in: op)
    }
}

extension TestTorg {
    /// The same installation with another mail server.
    func sending(_ deliver: @escaping MailTransport.Deliver) -> Installation {
        var installation = installation
        installation.mail = MailTransport(deliver: deliver)
        return installation
    }

    /// A citizen reports something and is owed a receipt.
    func report(email: String = "citizen@example.org") async throws {
        _ = try await installation.write(sandvik) { try DeliverMessageTests.register(email, in: $0) }
    }

    func mails() async throws -> [OutboxMessage] {
        try await installation.read(sandvik) { op in
            try op.tx.rows("SELECT * FROM outbox WHERE municipality = \(op.tenant) ORDER BY id").map(OutboxMessage.init)
        }
    }

    func nextAttempt() async throws -> Instant {
        let at: Instant? = try await installation.read(sandvik) { op in
            try op.tx.value("SELECT next_attempt_at FROM outbox WHERE municipality = \(op.tenant)")
        }
        return at ?? now
    }
}
