import Foundation
import Testing

@testable import Adapters

/// A gateway on this machine that answers what it is told to.
private final class Gateway: @unchecked Sendable {
    private let listener: LocalListener
    private let lock = NSLock()
    private var heard: [String] = []

    var url: String { "http://127.0.0.1:\(listener.port)/send?x=1" }
    var requests: [String] { lock.withLock { heard } }

    /// - Parameter answer: nil hangs up when the request has come.
    init(_ answer: String? = "202 Accepted") throws {
        listener = try LocalListener()
        listener.accept { [self] connection in
            var request = ""
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(connection, &buffer, buffer.count)
                guard count > 0 else { break }
                request += String(decoding: buffer[..<count], as: UTF8.self)
                let length = request.firstMatch(of: /Content-Length: (\d+)/).flatMap { Int($0.1) } ?? 0
                if let end = request.range(of: "\r\n\r\n"), request[end.upperBound...].utf8.count >= length { break }
            }
            lock.withLock { heard.append(request) }
            guard let answer else { return }
            let text = "HTTP/1.1 \(answer)\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
            _ = text.withCString { write(connection, $0, strlen($0)) }
        }
    }

    func stop() { listener.stop() }
}

@Suite struct SMSGatewayTests {
    private func failure(_ answer: String?) async throws -> DeliveryError? {
        let server = try Gateway(answer)
        defer { server.stop() }
        let gateway = try #require(SMSGateway(url: server.url, from: "Sandvik"))
        do {
            try await gateway.send(to: "+4712345678", text: "Hei", id: "7")
            return nil
        } catch let error as DeliveryError { return error }
    }

    @Test func theTemplateIsFilledAsJSON() async throws {
        let server = try Gateway()
        defer { server.stop() }
        let body = #"{"messages":[{"dst":"{to}","msg":"{text}","src":"{from}","ref":"torg-{id}","raw":{}}]}"#
        let gateway = try #require(
            SMSGateway(url: server.url, body: body, headers: ["Authorization": "Bearer secret"], from: "Sandvik"))
        let text = "Hull \"i\" veien\n{to} \\ æøå 😀"
        try await gateway.send(to: "+4712345678", text: text, id: "42")
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("POST /send?x=1 HTTP/1.1\r\n"))
        #expect(request.contains("Authorization: Bearer secret\r\n") && !request.contains("Expect:"))
        let sent = try #require(request.components(separatedBy: "\r\n\r\n").last)
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(sent.utf8)) as? [String: [[String: Any]]])
        let message = try #require(json["messages"]?.first)
        #expect(message["msg"] as? String == text, "what is in the text is not filled again")
        #expect(message["dst"] as? String == "+4712345678")
        #expect(message["ref"] as? String == "torg-42")
        #expect(server.requests.count == 1)
    }

    @Test func eachAnswerSaysWhetherToTryAgain() async throws {
        #expect(try await failure("200 OK") == nil)
        #expect(try await failure("400 Bad") == .permanent(code: 400, explanation: "the gateway answered 400"))
        #expect(try await failure("429 Slow") == .temporary(code: 429, explanation: "the gateway answered 429"))
        #expect(try await failure("503 Away") == .temporary(code: 503, explanation: "the gateway answered 503"))
        guard case .uncertain = try await failure(nil) else {
            Issue.record("a connection that breaks after the message has left tells nothing")
            return
        }
    }

    @Test func aGatewayThatIsNotThereIsTriedAgain() async throws {
        let server = try Gateway()
        server.stop()
        try await Task.sleep(for: .milliseconds(50))
        let gateway = try #require(SMSGateway(url: server.url, from: "Sandvik"))
        await #expect(throws: DeliveryError.self) {
            try await gateway.send(to: "+4712345678", text: "Hei", id: "1")
        }
    }

    @Test(arguments: ["http://127.0.0.2:8080", "http://LOCALHOST/send", "http://[::1]/send"])
    func aGatewayOnThisMachineNeedsNoTLS(url: String) { #expect(SMSGateway(url: url, from: "S") != nil) }

    @Test(
        arguments: [
            ("ftp://sms.example.org", nil, [:]), ("http://sms.example.org", nil, [:]), ("", nil, [:]),
            ("http://127.0.0.1.example", nil, [:]),
            ("https://sms.example.org", "{\"to\":\"{to}\"}", [:]),
            ("https://sms.example.org", "{\"to\":{to},\"t\":\"{text}\"", [:]),
            ("https://sms.example.org", nil, ["A": "b\r\nC: d"]),
        ] as [(String, String?, [String: String])])
    func whatCannotWorkIsRefused(url: String, body: String?, headers: [String: String]) {
        let made =
            body.map { SMSGateway(url: url, body: $0, headers: headers, from: "S") }
            ?? SMSGateway(url: url, headers: headers, from: "S")
        #expect(made == nil)
    }
}
