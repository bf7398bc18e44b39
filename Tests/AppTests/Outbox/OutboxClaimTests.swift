import Database
import Domain
import Support
import Synchronization
import Testing

@testable import App

/// Who has a mail in hand: crashes, leases, senders that are stopped, several nodes.
@Suite struct OutboxClaimTests {
    @Test func aCrashBeforeHandingOverIsTriedAgainWhenTheLeaseIsOver() async throws {
        let torg = try await TestTorg()
        try await torg.report()
        let claim = try await OutboxClaim.next(of: torg.sandvik, torg.installation)
        #expect(claim != nil)
        #expect(try await torg.installation.deliverMessages() == 0)
        torg.advance(to: torg.now.adding(milliseconds: OutboxClaim.lease))
        #expect(try await torg.installation.deliverMessages() == 1)
        #expect(torg.outbox.mails.count == 1)
        await torg.close()
    }

    @Test(arguments: [true, false])
    func aCrashAfterHandingOverIsRepeatedOnlyWhereThatIsHarmless(isFile: Bool) async throws {
        let torg = try await TestTorg()
        // What is thrown as the database's own failure leaves the row as a crash would.
        var installation = torg.sending { _, _, handingOver in
            try await handingOver()
            throw DatabaseError.failed("the machine is gone")
        }
        try await torg.report()
        let crashing = installation
        await #expect(throws: DatabaseError.self) { _ = try await crashing.deliverMessages() }
        #expect(try await torg.mails()[0].state == .handedOver)
        installation.mail = torg.installation.mail
        installation.settings.repeatedMailIsTheSame = isFile
        #expect(try await installation.deliverMessages() == 0)
        torg.advance(to: torg.now.adding(milliseconds: OutboxClaim.lease))
        #expect(try await installation.deliverMessages() == (isFile ? 1 : 0))
        #expect(try await torg.mails()[0].state == (isFile ? .sent : .uncertain))
        #expect(torg.outbox.mails.count == (isFile ? 1 : 0))
        await torg.close()
    }

    @Test func theFaultOfOneSenderStopsNoOther() async throws {
        let torg = try await TestTorg()
        let hasFailed = Mutex(false)
        let installation = torg.sending { message, _, handingOver in
            try await handingOver()
            if message.to.address.description.hasPrefix("bad") {
                hasFailed.withLock { $0 = true }
                throw DatabaseError.failed("the disk is full")
            }
            while !hasFailed.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
            // Throws when the sender was cancelled.
            try await Task.sleep(for: .milliseconds(50))
        }
        try await torg.report(email: "good@example.org")
        try await torg.report(email: "bad@example.org")
        await #expect(throws: DatabaseError.self) { _ = try await installation.deliverMessages() }
        #expect(try await torg.mails().map(\.state) == [.sent, .handedOver])
        await torg.close()
    }

    @Test func anOutcomeIsStoredPatientlyButNotCalledStoredWhenItIsNot() async throws {
        var tries = 0
        let stored = try await patiently(tries: 5, pause: .milliseconds(1)) {
            tries += 1
            if tries < 5 { throw DatabaseError.unavailable(retryAfter: 1) }
            return tries
        }
        #expect(stored == 5)
        tries = 0
        await #expect(throws: DatabaseError.self) {
            try await patiently(tries: 3, pause: .milliseconds(1)) {
                tries += 1
                throw DatabaseError.unavailable(retryAfter: 1)
            }
        }
        #expect(tries == 3)
    }

    @Test func whoHasLostTheMailToAnotherDoesNotSendIt() async throws {
        let torg = try await TestTorg()
        try await torg.report()
        let slow = try #require(try await OutboxClaim.next(of: torg.sandvik, torg.installation))
        torg.advance(to: torg.now.adding(milliseconds: OutboxClaim.lease))
        let quick = try #require(try await OutboxClaim.next(of: torg.sandvik, torg.installation))
        let outcome = try await quick.send()
        #expect(try await quick.end(with: outcome, claimsNext: true) == nil)
        #expect(try await slow.send() == nil)
        #expect(torg.outbox.mails.count == 1)
        #expect(try await torg.mails()[0].state == .sent)
        await torg.close()
    }

    @Test func aSenderThatIsStoppedFinishesItsMailAndClaimsNoOther() async throws {
        let torg = try await TestTorg()
        let began = Wakening()
        let mayEnd = Mutex(false)
        let installation = torg.sending { _, _, handingOver in
            try await handingOver()
            began.ring()
            while !mayEnd.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
        }
        for _ in 0..<3 { try await torg.report() }
        let waiting = try await installation.waitingMessages()
        let sender = Task { await installation.deliver(waiting, as: 0) }
        await began.wait(atMost: .seconds(60))
        sender.cancel()
        mayEnd.withLock { $0 = true }
        #expect(await sender.value.sent == 1)
        #expect(try await torg.mails().map(\.state) == [.sent, .waiting, .waiting])
        await torg.close()
    }

    /// The first one's outcome and the claim of the second are one transaction.
    @Test func aMailThatCannotBeClaimedLeavesTheOneBeforeItSent() async throws {
        let torg = try await TestTorg()
        let installation = torg.sending { _, _, handingOver in try await handingOver() }
        for address in ["good@example.org", "bad@example.org", "bad@example.org"] {
            try await torg.report(email: address)
            torg.advance(minutes: 1)
        }
        try await torg.installation.write(torg.sandvik) { op in
            _ = try op.tx.run(
                """
                UPDATE outbox SET state = 'sending', next_attempt_at = next_attempt_at + 3600000
                WHERE municipality = \(op.tenant) AND id = (SELECT max(id) FROM outbox WHERE municipality = \(op.tenant))
                """)
        }
        try await torg.installation.database.write(tenant: nil) { tx in
            _ = try tx.run("CREATE UNIQUE INDEX one ON outbox (address) WHERE state = 'sending'")
        }
        let delivery = await installation.deliver(try await installation.waitingMessages(), as: 0)
        #expect(delivery.sent == 1)
        #expect(throws: DatabaseError.self) { if let fault = delivery.fault { throw fault } }
        #expect(try await torg.mails().map(\.state) == [.sent, .waiting, .sending])
        await torg.close()
    }

    @Test func twoNodesSendEachMailOnceAndFourAtATime() async throws {
        let torg = try await TestTorg()
        let now = Mutex(0)
        let most = Mutex(0)
        let sent = Mutex<[String]>([])
        let installation = torg.sending { _, id, handingOver in
            let running = now.withLock {
                $0 += 1
                return $0
            }
            most.withLock { $0 = max($0, running) }
            try await handingOver()
            try await Task.sleep(for: .milliseconds(2))
            sent.withLock { $0.append(id) }
            now.withLock { $0 -= 1 }
        }
        for _ in 0..<25 { try await torg.report() }
        async let one = installation.deliverMessages()
        async let two = installation.deliverMessages()
        #expect(try await one + two == 25)
        #expect(Set(sent.withLock { $0 }).count == 25)
        #expect(sent.withLock { $0 }.count == 25)
        // One sender of each node is left for what is acute.
        #expect(most.withLock { $0 } <= 2 * (Installation.sendersAtOnce - 1))
        await torg.close()
    }
}
