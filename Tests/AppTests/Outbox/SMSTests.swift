import Adapters
import Database
import Domain
import Synchronization
import Testing

@testable import App
@testable import Support

/// Text messages to citizens: only where the municipality and the citizen want them, at most once, with reports.
@Suite struct SMSTests {
    /// A Torg with a gateway, and what the gateway was given.
    private final class Gateway {
        let torg: TestTorg
        let installation: Installation
        let client: TestClient

        init(isAllowed: Bool = true, failing error: DeliveryError? = nil) async throws {
            torg = try await TestTorg()
            let box = Box()
            var installation = torg.installation
            installation.settings.sms = SMSGateway(url: "https://sms.example.org", from: "Sandvik")
            installation.settings.smsReports = SMSReportFormat(
                secret: "0123456789abcdef", id: "ref", status: "data.state")
            installation.sendSMS = { _, to, text, id in
                box.lines.withLock { $0.append("\(to) \(text) #\(id)") }
                if let error { throw error }
            }
            self.box = box
            self.installation = installation
            client = TestClient(torg, installation: installation)
            try await installation.write(torg.sandvik) { op in
                try op.tx.run("UPDATE municipalities SET sms_to_citizens = \(isAllowed) WHERE id = \(op.tenant)")
                try op.organisation.touch()
            }
            try await client.useToken(of: "agent")
        }

        private let box: Box
        var lines: [String] { box.lines.withLock { $0 } }

        /// The media of what is sent about a report.
        func report(_ person: [String: Any]) async throws -> [String] {
            let before = try await torg.mails().count
            let answer = try await client.call(
                .post, "/contacts", ["channel": "telephone", "person": person, "questions": [["text": "It is dark"]]])
            #expect(answer.status == 201, "\(answer.body)")
            return try await torg.mails().dropFirst(before).map { "\($0.medium) \($0.address)" }
        }

        /// Of the history.
        func kinds() async throws -> [String] {
            try await torg.read { op in
                try op.tx.rows(
                    "SELECT kind FROM events WHERE municipality = \(op.tenant) AND case_id IS NOT NULL ORDER BY id"
                ).map { try $0["kind"] }
            }
        }

        func send(_ report: String, secret: String = "0123456789abcdef") async throws -> Int {
            try await client.send(
                .post, "/sms/\(secret)/reports", body: Array(report.utf8), headers: ["Content-Type": "application/json"]
            ).status
        }
    }

    private final class Box: Sendable { let lines = Mutex<[String]>([]) }

    @Test func whoIsToldHow() async throws {
        let gateway = try await Gateway()
        #expect(try await gateway.report(["phone": "412 34 567", "wants_updates": true]) == ["sms +4741234567"])
        #expect(try await gateway.report(["phone": "412 34 567", "wants_updates": false]) == [])
        #expect(try await gateway.report(["phone": "22 33 44 55", "wants_updates": true]) == [], "a land line")
        #expect(try await gateway.report(["phone": "47 412 34 567", "by_sms": true]) == ["sms +4741234567"], "mended")
        let both: [String: Any] = ["phone": "+4741234567", "email": "kim@example.org", "wants_updates": true]
        #expect(try await gateway.report(both) == ["mail kim@example.org"])
        #expect(try await gateway.report(both.merging(["by_sms": true]) { $1 }) == ["sms +4741234567"])
        #expect(
            try await gateway.report(["phone": "41234567", "by_sms": true]) == ["sms +4741234567"], "only what is asked"
        )
        let unasked = try #require(try await gateway.torg.mails().last)
        #expect(!unasked.body.contains("/stop/"), "there are no steps to stop")
        await gateway.torg.close()
        let without = try await Gateway(isAllowed: false)
        #expect(try await without.report(both.merging(["by_sms": true]) { $1 }) == ["mail kim@example.org"])
        #expect(!(try await without.client.get("/sandvik/report")).body.contains("name=\"by_sms\""))
        await without.torg.close()
    }

    @Test func aTextIsShortAndLeadsToTheCase() async throws {
        let gateway = try await Gateway()
        _ = try await gateway.report(["phone": "41234567", "wants_updates": true])
        #expect(try await gateway.installation.deliverMessages() == 1)
        #expect(try await gateway.installation.deliverMessages() == 0)
        let mail = try #require(try await gateway.torg.mails().first)
        let line = try #require(gateway.lines.first)
        #expect(gateway.lines.count == 1 && mail.state == .sent)
        #expect(line.hasPrefix("+4741234567 Sandvik kommune: Vi har mottatt saken din 26-"))
        #expect(line.hasSuffix("#\(gateway.torg.sandvik)-\(mail.id)"))
        #expect(mail.body.count < 306, "two parts, as telephones send them")
        let link = try #require(mail.body.firstMatch(of: /http:\/\/torg.test(\S+)/)).1
        #expect(try await gateway.client.open(String(link)).status == 200)
        await gateway.torg.close()
    }

    @Test func stoppingEndsTheStepsAndNothingElse() async throws {
        let gateway = try await Gateway()
        #expect(try await gateway.report(["phone": "41234567", "wants_updates": true]) == ["sms +4741234567"])
        let receipt = try #require(try await gateway.torg.mails().first).body
        let number = try #require(receipt.firstMatch(of: /26-\d+-\d/)).output
        let link = String(try #require(receipt.firstMatch(of: /http:\/\/torg.test(\/sandvik\/stop\/\S+)/)).1)
        #expect(try await TestClient(gateway.torg).fill(link, to: link).status == 303)
        let routed = try await gateway.client.call(
            .post, "/cases/\(number)/routing", ["unit": gateway.torg.text("Roads")])
        #expect(routed.status == 200)
        try await gateway.client.useToken(of: "handler")
        let told = try await gateway.client.call(
            .post, "/cases/\(number)/feedback", ["message": "We are on our way."])
        #expect(told.status == 200)
        #expect(
            try await gateway.torg.mails().map { "\($0.medium) \($0.kind.rawValue)" } == [
                "sms receipt", "sms feedback",
            ])
        await gateway.torg.close()
    }

    @Test func anUncertainTextIsNotSentAgain() async throws {
        let gateway = try await Gateway(failing: .uncertain(explanation: "broke"))
        _ = try await gateway.report(["phone": "41234567", "wants_updates": true])
        for _ in 0..<3 {
            #expect(try await gateway.installation.deliverMessages() == 0)
            gateway.torg.advance(days: 1)
        }
        #expect(gateway.lines.count == 1)
        #expect(try await gateway.torg.mails()[0].state == .uncertain)
        await gateway.torg.close()
    }

    @Test func whatIsHandedOverWhenTorgStopsIsUncertain() async throws {
        let gateway = try await Gateway()
        _ = try await gateway.report(["phone": "41234567", "wants_updates": true])
        try await gateway.installation.write(gateway.torg.sandvik) { op in
            _ = try op.tx.run(
                """
                UPDATE outbox SET state = 'handed_over', attempts = 1, lease_until = \(op.now)
                WHERE municipality = \(op.tenant)
                """)
        }
        var files = gateway.installation
        files.settings.repeatedMailIsTheSame = true
        #expect(try await files.deliverMessages() == 0)
        #expect(try await gateway.torg.mails()[0].state == .uncertain)
        #expect(gateway.lines.isEmpty)
        await gateway.torg.close()
    }

    @Test func theGatewayReportsWhatBecameOfIt() async throws {
        let gateway = try await Gateway()
        _ = try await gateway.report(["phone": "41234567", "wants_updates": true])
        _ = try await gateway.installation.deliverMessages()
        let mail = try #require(try await gateway.torg.mails().first)
        let id = "\(gateway.torg.sandvik)-\(mail.id)"
        func state() async throws -> OutboxMessage { try #require(try await gateway.torg.mails().first) }
        #expect(
            try await gateway.send(#"{"ref":"\#(id)","data":{"state":"failed"}}"#, secret: "0123456789abcdeg") == 404)
        #expect(try await gateway.send(#"{"ref":"\#(id)","data":{"state":"buffered"}}"#) == 200)
        #expect(try await gateway.send(#"{"ref":"99-99","data":{"state":"failed"}}"#) == 200)
        #expect(try await gateway.send("nonsense {") == 200)
        #expect(try await gateway.send("") == 400)
        #expect(try await state().state == .sent)
        #expect(try await gateway.send(#"[{"ref":"\#(id)","data":{"state":"UNDELIVERABLE"}}]"#) == 200)
        let failed = try await state()
        #expect(failed.state == .failed && failed.fault == "the gateway reports: UNDELIVERABLE")
        #expect(failed.sentAt == nil && failed.missed == .open)
        // The gateway says the same once more, and then that it arrived after all.
        #expect(try await gateway.send(#"[{"ref":"\#(id)","data":{"state":"UNDELIVERABLE"}}]"#) == 200)
        #expect(try await gateway.kinds().filter { $0 == "message_missed" }.count == 1)
        #expect(try await gateway.send(#"{"ref":"\#(id)","data":{"state":"delivered"}}"#) == 200)
        #expect(try await gateway.kinds().last == "message_arrived")
        let arrived = try await state()
        #expect(arrived.missed == .arrived && arrived.state == .sent)
        // What is reported of a mail that is no text message changes nothing.
        let other = try await gateway.report(["email": "kim@example.org"])
        #expect(other == ["mail kim@example.org"])
        await gateway.torg.close()
    }

    /// Gateways refuse a wrong number before they have even answered.
    @Test func aReportMayComeBeforeTheAnswer() async throws {
        let gateway = try await Gateway()
        _ = try await gateway.report(["phone": "41234567", "wants_updates": true])
        try await gateway.installation.write(gateway.torg.sandvik) { op in
            _ = try op.tx.run(
                "UPDATE outbox SET state = 'handed_over', attempts = 1 WHERE municipality = \(op.tenant)")
        }
        let mail = try #require(try await gateway.torg.mails().first)
        let report = #"{"ref":"\#(gateway.torg.sandvik)-\#(mail.id)","data":{"state":"rejected"}}"#
        #expect(try await gateway.send(report) == 200)
        try await gateway.installation.write(gateway.torg.sandvik) { op in try DeliveryOutcome.sent.store(mail, in: op)
        }
        #expect(try await gateway.torg.mails()[0].state == .failed)
        await gateway.torg.close()
    }

    @Test func theSecretCannotBeGuessed() {
        #expect(SMSReportFormat(secret: "short") == nil)
        #expect(SMSReportFormat(secret: "with/slash/inside") == nil)
        #expect(SMSReportFormat(secret: "0123456789abcdef")?.isRight("0123456789abcdef") == true)
        #expect(SMSReportFormat(secret: "0123456789abcdef")?.isRight("0123456789abcdee") == false)
    }

    @Test func theAdministrationTellsTextsFromMails() async throws {
        let gateway = try await Gateway()
        _ = try await gateway.report(["phone": "41234567", "wants_updates": true])
        try await gateway.client.logIn(as: "admin")
        #expect(try await gateway.client.get("/sandvik/admin/mail").body.contains("Text message"))
        let form = "/sandvik/admin/municipality"
        #expect(try await gateway.client.fill(form, ["sms_to_citizens": []]).status == 303)
        #expect(try await !gateway.installation.read(gateway.torg.sandvik) { $0.outbox.tellsBySMS })
        #expect(try await gateway.client.get("/sandvik/admin/audit").body.contains("Send text messages to citizens"))
        await gateway.torg.close()
    }
}
