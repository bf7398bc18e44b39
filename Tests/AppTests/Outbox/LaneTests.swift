import Adapters
import Database
import Domain
import Synchronization
import Testing

@testable import App
@testable import Support

/// However much waits, what is acute goes first (R1.10), and no lane starves another.
@Suite struct LaneTests {
    @Test func theKindsSayHowUrgentTheyAre() {
        #expect(MessageKind.allCases.filter { $0.lane == .acute } == [.followCode, .acute])
        #expect(
            MessageKind.allCases.filter { $0.lane == .bulk }
                == [.alerts, .reportOpen, .reportOverdue, .reportLeader, .contractorReminder])
    }

    @Test func eachLaneHasASenderThatWaitsForNothingLessUrgent() {
        let served = (0..<Installation.sendersAtOnce).map(Lane.served)
        for lane in Lane.allCases {
            #expect(served.contains { $0.contains(lane) && $0.allSatisfy { $0.rawValue <= lane.rawValue } })
        }
        #expect(served.allSatisfy { $0 == $0.sorted { $0.rawValue < $1.rawValue } }, "the most urgent first")
    }

    /// What a mail server that hangs, or a heap of reports, leaves of the senders.
    @Test func theUrgentGoesBeforeTenThousandOthers() async throws {
        let torg = try await TestTorg()
        try await torg.report()
        try await Self.copy(9_999, to: .ordinary, in: torg)
        try await torg.report(email: "reports@example.org")
        try await Self.move("reports@example.org", to: .bulk, in: torg)
        try await torg.report(email: "acute@example.org")
        try await Self.move("acute@example.org", to: .acute, in: torg)
        let first = try #require(try await OutboxClaim.next(of: torg.sandvik, torg.installation))
        #expect(first.message.address == "acute@example.org")
        let second = try #require(try await OutboxClaim.next(of: torg.sandvik, torg.installation))
        #expect(second.message.kind == .receipt && second.message.address != "reports@example.org")
        #expect(try await OutboxClaim.next(of: torg.sandvik, in: [.acute], torg.installation) == nil)
        let third = try #require(try await OutboxClaim.next(of: torg.sandvik, in: [.bulk], torg.installation))
        #expect(third.message.address == "reports@example.org")
        await torg.close()
    }

    /// Each of the other senders has a message in hand that does not come to an end.
    @Test func aServerThatHangsHoldsUpNothingAcute() async throws {
        let torg = try await TestTorg()
        let mayEnd = Mutex(false)
        let sent = Mutex<[String]>([])
        let installation = torg.sending { message, _, handingOver in
            try await handingOver()
            let address = message.to.address.description
            while address.hasPrefix("slow"), !mayEnd.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
            sent.withLock { $0.append(address) }
        }
        for number in 0..<Installation.sendersAtOnce { try await torg.report(email: "slow\(number)@example.org") }
        let senders = Task { try await installation.deliverMessages() }
        while try await torg.mails().filter({ $0.state == .handedOver }).count < Installation.sendersAtOnce - 1 {
            try await Task.sleep(for: .milliseconds(5))
        }
        try await torg.report(email: "acute@example.org")
        try await Self.move("acute@example.org", to: .acute, in: torg)
        let waiting = try await installation.waitingMessages()
        let delivery = await installation.deliver(waiting, as: Installation.sendersAtOnce - 1)
        #expect(delivery.sent == 1 && sent.withLock { $0 } == ["acute@example.org"])
        mayEnd.withLock { $0 = true }
        #expect(try await senders.value == Installation.sendersAtOnce)
        await torg.close()
    }

    /// Both engines find the next message in the index, however many wait for another attempt in the lane before.
    @Test func theNextIsFoundInTheIndex() async throws {
        let torg = try await TestTorg()
        try await torg.report()
        try await Self.copy(5_000, to: .ordinary, in: torg)
        try await torg.installation.database.analyze(["outbox"])
        let plan = try await torg.installation.database.plan(
            of:
                """
                SELECT * FROM outbox WHERE municipality = 1 AND lane = 1
                    AND state IN ('waiting', 'sending', 'handed_over') AND next_attempt_at <= 99
                ORDER BY next_attempt_at, id LIMIT 1
                """)
        #expect(plan.contains("outbox_to_send") && !plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "\(plan)")
        await torg.close()
    }

    /// What tells of an acute case that nobody has, to whomever, waits behind nothing.
    @Test func whatIsAboutAnAcuteCaseIsAcute() async throws {
        let torg = try await TestTorg()
        _ = try await torg.installation.write(torg.sandvik) { op in
            var input = InputReader(["text": .text("A fire"), "acute": .flag(true)])
            return try RegisterContact(
                channel: .telephone, direction: .incoming, at: nil,
                person: Person(email: EmailAddress("a@example.org")),
                questions: [QuestionInput(&input, in: op)]
            ).perform(in: op)
        }
        try await torg.report(email: "b@example.org")
        let lanes = try await torg.read { op in
            try op.tx.rows("SELECT address, lane FROM outbox WHERE municipality = \(op.tenant)").map {
                row -> (String, Lane) in (try row["address"], try row["lane"])
            }
        }
        #expect(lanes.filter { $0.0 != "b@example.org" }.allSatisfy { $0.1 == .acute } && lanes.count > 1)
        #expect(lanes.first { $0.0 == "b@example.org" }?.1 == .ordinary)
        await torg.close()
    }

    /// Every kind has its words in each language.
    @Test func everyKindHasItsWords() async throws {
        let torg = try await TestTorg()
        for language in ["sv", "nb", "da", "en"] {
            let words = torg.installation.words(language)
            for kind in MessageKind.allCases where kind != .followCode {
                let hasSubject = words.has(kind.subjectKey) || words.has(kind.subjectKey + ".other")
                #expect(hasSubject && words.has(kind.bodyKey), "\(language): \(kind.rawValue)")
            }
            #expect(words.has("sms.code"))
        }
        await torg.close()
    }

    private static func move(_ address: String, to lane: Lane, in torg: TestTorg) async throws {
        try await torg.installation.write(torg.sandvik) { op in
            _ = try op.tx.run(
                "UPDATE outbox SET lane = \(lane) WHERE municipality = \(op.tenant) AND address = \(address)")
        }
    }

    /// As many more as the one that is there, each to an address of its own.
    private static func copy(_ count: Int, to lane: Lane, in torg: TestTorg) async throws {
        try await torg.installation.write(torg.sandvik) { op in
            _ = try op.tx.run(
                """
                WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(count))
                INSERT INTO outbox (municipality, id, case_id, event_id, medium, kind, address, language, subject, body,
                    state, lane, next_attempt_at, created_at)
                SELECT municipality, id - n, case_id, event_id, medium, kind, 'n' || n || '@example.org', language,
                    subject, body, state, \(lane), next_attempt_at, created_at
                FROM outbox, numbers WHERE municipality = \(op.tenant) AND address = 'citizen@example.org'
                """)
        }
    }
}
