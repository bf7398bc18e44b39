import Foundation

/// A small mail server on a free port of this machine, which can misbehave on purpose. One connection at a time.
final class SMTPSink: @unchecked Sendable {
    struct Behaviour {
        /// Replies by the command they answer; `.` is the end of the body. What is not named succeeds.
        var replies: [String: String] = [:]
        /// Hang up instead of answering this.
        var hangUpAt: String?
        /// Hang up in the midst of the body, after so many bytes.
        var hangUpAfterBody: Int?
        /// Say nothing more from this command on.
        var silentAt: String?
        var extensions: [String] = []
    }

    struct Received: Equatable {
        var from: String
        var to: [String]
        /// As it travelled, with the dots at line starts taken out again (RFC 5321, 4.5.2).
        var body: [UInt8]
    }

    var port: Int { listener.port }
    private let listener: LocalListener
    private let behaviour: Behaviour
    private let lock = NSLock()
    private var accepted: [Received] = []
    private var heard: [String] = []

    /// Mails whose end was seen, whatever was answered.
    var mails: [Received] { lock.withLock { accepted } }
    /// Every command line.
    var commands: [String] { lock.withLock { heard } }

    init(_ behaviour: Behaviour = Behaviour()) throws {
        self.behaviour = behaviour
        listener = try LocalListener()
        listener.accept { [self] in serve($0) }
    }

    /// Ends the thread that accepts.
    func stop() { listener.stop() }

    private func serve(_ connection: Int32) {
        guard let stream = fdopen(dup(connection), "r") else { return }
        defer { fclose(stream) }
        var mail = Received(from: "", to: [], body: [])
        guard answer("connection", "220 sink", connection) else { return }
        while let line = readLine(stream) {
            let command = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            lock.withLock { heard.append(command) }
            let verb = command.prefix { $0 != " " && $0 != ":" }.uppercased()
            switch verb {
            case "EHLO":
                let lines = ["sink"] + behaviour.extensions
                let greeting = lines.enumerated().map { "250\($0 < lines.count - 1 ? "-" : " ")\($1)" }
                guard answer(verb, greeting.joined(separator: "\r\n"), connection) else { return }
            case "MAIL":
                mail = Received(from: command, to: [], body: [])
                guard answer(verb, "250 ok", connection) else { return }
            case "RCPT":
                mail.to.append(command)
                guard answer(verb, "250 ok", connection) else { return }
            case "DATA":
                guard answer(verb, "354 go on", connection) else { return }
                if behaviour.replies[verb] != nil { continue }
                guard let body = readBody(stream) else { return }
                mail.body = body
                lock.withLock { accepted.append(mail) }
                guard answer(".", "250 taken", connection) else { return }
            case "QUIT":
                _ = answer(verb, "221 bye", connection)
                return
            case "AUTH": guard answer(verb, "334 ", connection) else { return }
            default: guard answer(verb, "235 ok", connection) else { return }
            }
        }
    }

    private func readBody(_ stream: UnsafeMutablePointer<FILE>) -> [UInt8]? {
        var body: [UInt8] = []
        while let line = readLine(stream) {
            if line == Array(".\r\n".utf8) { return body }
            body += line.first == UInt8(ascii: ".") ? line.dropFirst() : line[...]
            if let limit = behaviour.hangUpAfterBody, body.count > limit { return nil }
        }
        return nil
    }

    private func readLine(_ stream: UnsafeMutablePointer<FILE>) -> [UInt8]? {
        var line: UnsafeMutablePointer<CChar>?
        var room = 0
        let count = getline(&line, &room, stream)
        defer { free(line) }
        guard count > 0, let line else { return nil }
        return UnsafeBufferPointer(start: line, count: count).map(UInt8.init(bitPattern:))
    }

    /// False when the conversation is over.
    private func answer(_ command: String, _ usual: String, _ connection: Int32) -> Bool {
        if behaviour.hangUpAt == command { return false }
        if behaviour.silentAt == command {
            var byte: UInt8 = 0
            while recv(connection, &byte, 1, 0) > 0 {}
            return false
        }
        let line = Array(((behaviour.replies[command] ?? usual) + "\r\n").utf8)
        return send(connection, line, line.count, Int32(MSG_NOSIGNAL)) == line.count
    }
}
