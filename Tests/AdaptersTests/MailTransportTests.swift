import Adapters
import Foundation
import Testing

/// Counts how often a mail was handed over.
actor Count {
    private(set) var value = 0
    func increment() { value += 1 }
}

private struct Stop: Error, Equatable {}

@Suite final class FileTransportTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "torg-\(UUID())")
    private var directory: String { folder.path + "/outbox" }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func files() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
    }

    @Test func sameIdIsTheSameFile() async throws {
        let transport = try MailTransport.from(url: "file:\(directory)")
        let message = try MailMessage.sample()
        let handedOver = Count()
        for _ in 0..<2 { try await transport.send(message, id: "m-1") { await handedOver.increment() } }
        try await transport.send(message, id: "m-2")
        #expect(files() == ["m-1.eml", "m-2.eml"])
        #expect(await handedOver.value == 2)
        let written = FileManager.default.contents(atPath: directory + "/m-1.eml")
        #expect(written.map(Array.init) == (try message.compose()))
        let mode = try FileManager.default.attributesOfItem(atPath: directory + "/m-1.eml")[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func nothingIsWrittenWhenHandingOverThrows() async throws {
        let transport = MailTransport.file(directory: directory)
        let message = try MailMessage.sample()
        await #expect(throws: Stop()) { try await transport.send(message, id: "m") { throw Stop() } }
        #expect(files() == [])
    }

    @Test(arguments: ["", "../m", "a/b", ".m", "m.", "a b", "å", "a\0b", "a\nb", String(repeating: "a", count: 101)])
    func idsThatNameNoFile(_ id: String) async throws {
        let message = try MailMessage.sample()
        let error = await #expect(throws: DeliveryError.self) {
            try await MailTransport.file(directory: directory).send(message, id: id)
        }
        guard case .permanent? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(files() == [])
    }

    @Test func whatCannotBeComposedIsPermanent() async throws {
        var message = try MailMessage.sample()
        message.subject = "a\r\nBcc: b@evil.example"
        let sent = message
        let error = await #expect(throws: DeliveryError.self) {
            try await MailTransport.file(directory: directory).send(sent, id: "m")
        }
        guard case .permanent? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func directoryThatCannotBeMadeIsTemporary() async throws {
        let message = try MailMessage.sample()
        let error = await #expect(throws: DeliveryError.self) {
            try await MailTransport.file(directory: "/dev/null/outbox").send(message, id: "m")
        }
        guard case .temporary? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}

@Suite struct MailSettingTests {
    @Test(
        arguments: [
            ("smtp://mail.example", "smtp://mail.example:25", SMTPServer.Encryption.offered),
            ("smtp://mail.example:2525/", "smtp://mail.example:2525", .offered),
            ("smtp://u:p@mail.example", "smtp://mail.example:587", .required),
            ("smtp://u:p@127.0.0.1:25", "smtp://127.0.0.1:25", .offered),
            ("smtp://u:p@127.0.0.2:25", "smtp://127.0.0.2:25", .offered),
            ("smtp://u:p@127.0.0.1.5:25", "smtp://127.0.0.1.5:25", .required),
            ("smtp://u:p@127.evil.example", "smtp://127.evil.example:587", .required),
            ("smtp://u:p@mail.example?tls=off", "smtp://mail.example:587", .off),
            ("smtps://u:p@mail.example", "smtps://mail.example:465", .immediate),
            ("SMTP://mail.example:25?tls=required", "smtp://mail.example:25", .required),
            ("smtp://[::1]:2525", "smtp://[::1]:2525", .offered),
        ] as [(String, String, SMTPServer.Encryption)])
    func servers(_ url: String, _ place: String, _ encryption: SMTPServer.Encryption) throws {
        let server = try SMTPServer(url: url)
        #expect(server.description == place)
        #expect(server.encryption == encryption)
    }

    @Test func credentialsAreDecodedAndNeverShown() throws {
        let server = try SMTPServer(url: "smtp://torg%40sandvik.example:s%C3%A5%3A%40%2Fsecret@mail.example")
        #expect(server.user == "torg@sandvik.example")
        #expect(server.password == "så:@/secret")
        var dumped = ""
        dump(server, to: &dumped)
        for shown in [dumped, "\(server)", String(reflecting: server), "\([server])"] {
            #expect(!shown.contains("secret"))
        }
    }

    @Test(
        arguments: [
            ("", MailTransportError.scheme), ("mail.example", .scheme), ("http://mail.example", .scheme),
            ("file:", .directory),
            ("file://host/x", .directory), ("smtp:mail.example", .scheme), ("smtp://", .host), ("smtp://:25", .host),
            ("smtp://mail.example:0", .port), ("smtp://mail.example:99999", .port),
            ("smtp://user@mail.example", .credentials),
            ("smtp://u:%ZZsecret@mail.example", .credentials), ("smtp://u:a%0Asecret@mail.example", .credentials),
            ("smtp://mail.example/path", .option), ("smtp://mail.example?x=y", .option),
            ("smtps://mail.example?tls=off", .option),
        ] as [(String, MailTransportError)])
    func refused(_ url: String, _ reason: MailTransportError) {
        let error = #expect(throws: MailTransportError.self) { try MailTransport.from(url: url) }
        #expect(error == reason)
        #expect(error.map { !"\($0)".contains("secret") } == true)
    }
}
