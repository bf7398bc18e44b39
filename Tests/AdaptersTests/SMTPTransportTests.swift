import Adapters
import Foundation
import Testing

private struct Stop: Error, Equatable {}

@Suite struct SMTPTransportTests {
    /// What came of one mail sent to a server that behaves so.
    private struct Trial {
        var error: (any Error)?
        var handedOver: Int
        var mails: [SMTPSink.Received]
        var commands: [String]
        var delivery: DeliveryError? { error as? DeliveryError }
    }

    private func send(
        _ behaviour: SMTPSink.Behaviour = .init(), credentials: String = "", options: String = "", text: String? = nil,
        timeouts: SMTPServer.Timeouts? = nil, refuse: Bool = false
    ) async throws -> Trial {
        let sink = try SMTPSink(behaviour)
        defer { sink.stop() }
        var server = try SMTPServer(url: "smtp://\(credentials)127.0.0.1:\(sink.port)\(options)")
        if let timeouts { server.timeouts = timeouts }
        var message = try MailMessage.sample()
        if let text { message.text = text }
        let count = Count()
        var failure: (any Error)?
        do {
            try await MailTransport.smtp(server).send(message, id: "m") {
                await count.increment()
                if refuse { throw Stop() }
            }
        } catch { failure = error }
        return Trial(error: failure, handedOver: await count.value, mails: sink.mails, commands: sink.commands)
    }

    @Test func arrivesByteForByte() async throws {
        let text =
            String(repeating: "åäöæøÅ", count: 2000) + "\n.\n..\n.punkt\n" + String(repeating: "x\n", count: 50_000)
        var message = try MailMessage.sample()
        message.text = text
        let trial = try await send(text: text)
        #expect(trial.error == nil)
        #expect(trial.handedOver == 1)
        #expect(trial.mails.count == 1)
        #expect(trial.mails.first?.body == (try message.compose()))
        #expect(trial.mails.first?.from == "MAIL FROM:<torg@sandvik.example>")
        #expect(trial.mails.first?.to == ["RCPT TO:<asa@example.com>"])
    }

    @Test func logsIn() async throws {
        let trial = try await send(.init(extensions: ["AUTH PLAIN", "SIZE 10000000"]), credentials: "torg:hemligt@")
        #expect(trial.error == nil)
        let secret = Data("\0torg\0hemligt".utf8).base64EncodedString()
        #expect(trial.commands.contains { $0.hasPrefix("AUTH PLAIN") })
        #expect(trial.commands.joined().contains(secret))
        #expect(trial.mails.count == 1)
    }

    @Test func noPasswordInAnError() async throws {
        let secret = Data("\0torg\0hemligt".utf8).base64EncodedString()
        let refusal = "535 cannot take AUTH PLAIN \(secret) (hemligt)"
        let trial = try await send(
            .init(replies: ["AUTH": refusal, secret.uppercased(): refusal], extensions: ["AUTH PLAIN"]),
            credentials: "torg:hemligt@")
        guard case .temporary(_, let explanation)? = trial.delivery else {
            Issue.record("\(trial)")
            return
        }
        #expect(!explanation.contains(secret))
        #expect(!explanation.contains("hemligt"))
        #expect(trial.handedOver == 0)
        #expect(trial.mails == [])
    }

    @Test func requiredEncryptionIsRequired() async throws {
        let trial = try await send(
            .init(extensions: ["AUTH PLAIN"]), credentials: "torg:hemligt@", options: "?tls=required")
        guard case .temporary? = trial.delivery else {
            Issue.record("\(trial)")
            return
        }
        #expect(!trial.commands.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
    }

    @Test(
        arguments: [
            ("MAIL", "451 busy", false, 0), ("RCPT", "450 greylisted, come back", false, 0),
            ("DATA", "421 closing", false, 0),
            ("MAIL", "530 log in first", false, 0), (".", "452 disk full", false, 1),
            ("RCPT", "550 5.1.1 nobody here", true, 0),
            ("MAIL", "553 not you", true, 0), ("DATA", "554 no", true, 0), (".", "554 5.7.1 looks like spam", true, 1),
        ] as [(String, String, Bool, Int)])
    func refusals(_ command: String, _ reply: String, _ permanent: Bool, _ handedOver: Int) async throws {
        let trial = try await send(.init(replies: [command: reply]))
        let code = Int(reply.prefix(3))
        #expect(
            trial.delivery
                == (permanent ? .permanent(code: code, explanation: reply) : .temporary(code: code, explanation: reply))
        )
        #expect(trial.handedOver == handedOver)
        #expect(trial.mails.count == handedOver)
    }

    @Test(arguments: ["connection", "EHLO", "MAIL", "RCPT", "DATA"])
    func hangingUpBeforeTheBodyIsTemporary(_ command: String) async throws {
        let trial = try await send(.init(hangUpAt: command))
        guard case .temporary(nil, _)? = trial.delivery else {
            Issue.record("\(trial)")
            return
        }
        #expect(trial.handedOver == 0)
        #expect(trial.mails == [])
    }

    @Test(arguments: ["554 no service here", "421 too many"])
    func unwillingServersAreTemporary(_ greeting: String) async throws {
        let trial = try await send(.init(replies: ["connection": greeting]))
        guard case .temporary(Int(greeting.prefix(3)), _)? = trial.delivery else {
            Issue.record("\(trial)")
            return
        }
        #expect(trial.handedOver == 0)
    }

    @Test func noFinalAnswerIsUncertain() async throws {
        let trial = try await send(.init(hangUpAt: "."))
        guard case .uncertain? = trial.delivery else {
            Issue.record("\(trial)")
            return
        }
        #expect(trial.handedOver == 1)
        #expect(trial.mails.count == 1)
    }

    @Test func hangingUpInTheMidstOfTheBodyIsTemporary() async throws {
        let trial = try await send(.init(hangUpAfterBody: 50_000), text: String(repeating: "åäö\n", count: 1_000_000))
        guard case .temporary(nil, _)? = trial.delivery else {
            Issue.record("\(trial)")
            return
        }
        #expect(trial.handedOver == 1)
        #expect(trial.mails == [])
    }

    @Test func goodbyeDoesNotMatter() async throws {
        let trial = try await send(.init(hangUpAt: "QUIT"))
        #expect(trial.error == nil)
        #expect(trial.mails.count == 1)
    }

    @Test(arguments: [("RCPT", false), (".", true)])
    func silence(_ command: String, _ uncertain: Bool) async throws {
        var timeouts = SMTPServer.Timeouts()
        timeouts.reply = 1
        let trial = try await send(.init(silentAt: command), timeouts: timeouts)
        switch trial.delivery {
        case .uncertain: #expect(uncertain)
        case .temporary(nil, _): #expect(!uncertain)
        default: Issue.record("\(trial)")
        }
        #expect(trial.handedOver == (uncertain ? 1 : 0))
    }

    @Test func handingOverCanStopIt() async throws {
        let trial = try await send(refuse: true)
        #expect(trial.error is Stop)
        #expect(trial.handedOver == 1)
        #expect(trial.mails == [])
    }

    @Test func nobodyListening() async throws {
        let sink = try SMTPSink()
        sink.stop()
        let message = try MailMessage.sample()
        let error = await #expect(throws: DeliveryError.self) {
            try await MailTransport.from(url: "smtp://127.0.0.1:\(sink.port)").send(message, id: "m")
        }
        guard case .temporary(nil, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func manyAtOnce() async throws {
        let sink = try SMTPSink()
        defer { sink.stop() }
        let transport = try MailTransport.from(url: "smtp://127.0.0.1:\(sink.port)")
        let message = try MailMessage.sample()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask { try await transport.send(message, id: "m\(number)") { await Task.yield() } }
            }
            try await group.waitForAll()
        }
        #expect(sink.mails.count == 40)
    }
}
