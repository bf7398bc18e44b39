import Database
import Domain
import Support
import Testing

@testable import App

/// Whom to call stands first in whatever a citizen is told of something acute that nobody has in hand.
@Suite struct WarningMailTests {
    private static let kinds: [CitizenMessage] = [
        .receipt, .passedOn, .parked(until: TestTorg.start.adding(days: 14)), .feedback("We have heard of it."),
        .question("Where?"), .reminder("Where?"), .reopened,
    ]

    @Test(arguments: [true, false]) func itStandsFirst(_ isConfidential: Bool) async throws {
        let torg = try await TestTorg()
        let (opened, event) = try await ConfidentialMailTests.secretCase(in: torg)
        // In hand, and told of once more; in hand; and in nobody's hand.
        for (acknowledged, tellsAcute, isWarned) in [
            (nil, false, true), (TestTorg.start, false, false), (TestTorg.start, true, true),
        ] as [(Instant?, Bool, Bool)] {
            let before = try await torg.mails().count
            try await torg.installation.write(torg.sandvik) { op in
                var subject = opened
                (subject.isConfidential, subject.isAcute, subject.acknowledgedAt) = (isConfidential, true, acknowledged)
                for (index, kind) in Self.kinds.enumerated() {
                    // An event tells each address once.
                    let kim = Person(
                        email: EmailAddress("kim\(before + index)@example.org"), wantsUpdates: true, language: "en")
                    let recipient = Recipient(contact: op.newID(), person: kim, text: "It burns")
                    try op.outbox.queueCitizenMessage(
                        kind, about: subject, because: event, to: [recipient], tellsAcute: tellsAcute)
                }
            }
            let mails = try await torg.mails().dropFirst(before)
            #expect(mails.count == Self.kinds.count)
            for mail in mails {
                #expect(mail.body.hasPrefix("Is anyone in danger? Call 110") == isWarned, "\(mail.kind)")
            }
        }
        await torg.close()
    }

    /// Put into the outbox before the case became confidential.
    @Test func itStandsFirstAlsoWhenTheRestIsWordedAnew() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        let opened = try await client.call(
            .post, "/contacts",
            [
                "channel": "telephone", "person": ["email": "kim@example.org"],
                "questions": [["text": "Det brenner", "unit": torg.text("Roads")]],
            ])
        #expect(opened.status == 201)
        let receipt = try #require(try await torg.mails().first { $0.kind == .receipt })
        try await client.useToken(of: "handler")
        let number = try #require(opened.cases[0])
        #expect(try await client.call(.post, "/cases/\(number)/acknowledgement", [:]).status == 200)
        let body = try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run("UPDATE cases SET is_confidential = 1 WHERE municipality = \(op.tenant)")
            var mail = receipt
            let leaves = try mail.sayNothingConfidential(in: op)
            return leaves && mail.isNeutral ? mail.body : ""
        }
        #expect(body.hasPrefix("Er noen i fare?"), "\(body)")
        await torg.close()
    }
}
