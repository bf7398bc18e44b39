import Foundation
import Support
import Testing

@testable import Adapters
@testable import App

/// The whole way of a text message over real HTTP: out of the outbox to a gateway, and its delivery report back.
@Suite struct SMSJourneyTests {
    private static let secret = "0123456789abcdef"

    @Test func fromTheOutboxToTheDeliveryReport() async throws {
        let torg = try await TestTorg()
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run("UPDATE municipalities SET sms_to_citizens = 1 WHERE id = \(op.tenant)")
            try op.organisation.touch()
        }
        let gateway = LocalGateway()
        try await LocalServer.run(gateway.responder) { url in
            var installation = torg.installation
            installation.settings.sms = SMSGateway(url: url + "/messages", from: "Sandvik")
            installation.settings.smsReports = SMSReportFormat(secret: Self.secret)
            try await journey(torg, installation, gateway)
        }
        await torg.close()
    }

    private func journey(_ torg: TestTorg, _ installation: Installation, _ gateway: LocalGateway) async throws {
        let client = TestClient(torg, installation: installation)
        try await client.useToken(of: "agent")
        let answer = try await client.call(
            .post, "/contacts",
            [
                "channel": "telephone", "person": ["phone": "412 34 567", "wants_updates": true],
                "questions": [["text": "It is dark"]],
            ])
        #expect(answer.status == 201)
        #expect(try await torg.mails().map(\.state) == [.waiting])
        #expect(try await installation.deliverMessages() == 1)
        let mail = try #require(try await torg.mails().first)
        #expect(mail.state == .sent)
        #expect(
            gateway.messages == [
                ["to": "+4741234567", "from": "Sandvik", "text": mail.body, "id": "\(torg.sandvik)-\(mail.id)"]
            ])
        try await LocalServer.run(installation.responder()) { url in
            try await report("undelivered", of: gateway, to: url)
            #expect(try await torg.mails().map(\.state) == [.failed])
            try await #expect(throws: DeliveryError.permanent(code: 404, explanation: "the gateway answered 404")) {
                try await report("delivered", of: gateway, to: url, secret: "another-secret-x")
            }
        }
    }

    /// As gateways tell: a call of their own, with the id that they were given.
    private func report(
        _ status: String, of gateway: LocalGateway, to torg: String, secret: String = Self.secret
    ) async throws {
        let id = try #require(gateway.messages.first?["id"])
        let url = try #require(URL(string: "\(torg)/sms/\(secret)/reports"))
        let body = try JSONEncoder().encode(["id": id, "status": status])
        try await ownThread { try HTTPPost(url: url, headers: [:], body: body, timeout: 10).perform() }
    }
}
