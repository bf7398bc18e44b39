import Adapters
import Foundation
import Testing

@Suite(.enabled(if: ParsedMail.isAvailable, "python3, the independent reader, is not installed"))
struct MailReadBackTests {
    @Test func plain() throws {
        let message = try MailMessage.sample()
        let read = try ParsedMail(message.compose())
        #expect(read.defects == [])
        #expect(read.subject == message.subject)
        #expect(read.from == "\"Sandvik kommun, Ärendemottagning\" <torg@sandvik.example>")
        #expect(read.to == "Åsa Sjöblom Ærø Øst <asa@example.com>")
        #expect(read.types == ["text/plain"])
        #expect(read.bodies == [message.text])
        #expect(read.header("Message-ID") == "<26-10423-4.1@sandvik.example>")
        #expect(read.header("Date") == "Mon, 21 Sep 2026 14:13:20 +0000")
        #expect(read.header("MIME-Version") == "1.0")
    }

    @Test func everythingAtOnce() throws {
        var message = try MailMessage.sample()
        message.subject = String(repeating: "Räksmörgås på bryggan och blåbærsyltetøy ", count: 25) + "slut"
        message.text =
            String(repeating: "långaordutanmellanslag", count: 200) + "\r\nFrom here\r.\n..\n--=_alternative\nx"
        message.html = "<p>Hej <b>Åsa</b>: 1 &lt; 2 = ☃ 🏳️‍🌈</p>\n"
        message.replyTo = .init(name: "Svar", address: try MailAddress(parsing: "svar@sandvik.example"))
        message.inReplyTo = "q1@example.com"
        message.references = (0..<40).map { "reference-\($0)-of-a-long-conversation@example.com" }
        message.language = "nb-NO"
        let link = "<https://torg.sandvik.example/unsubscribe?key=" + String(repeating: "k", count: 300) + ">"
        message.headers = [
            .init("Auto-Submitted", "auto-generated"), .init("List-Unsubscribe", link),
            .init("X-Unit", "Gata och park: Åby"),
        ]
        let bytes = try message.compose()
        let read = try ParsedMail(bytes)
        #expect(read.defects == [])
        #expect(read.subject == message.subject)
        #expect(read.types == ["multipart/alternative", "text/plain", "text/html"])
        let lines = String(repeating: "långaordutanmellanslag", count: 200) + "\nFrom here\n.\n..\n--=_alternative\nx\n"
        #expect(read.bodies == [lines, message.html])
        #expect(read.header("Reply-To") == "Svar <svar@sandvik.example>")
        #expect(read.header("In-Reply-To") == "<q1@example.com>")
        #expect(read.header("References") == message.references.map { "<\($0)>" }.joined(separator: " "))
        #expect(read.header("Content-Language") == "nb-NO")
        #expect(read.header("Auto-Submitted") == "auto-generated")
        #expect(read.header("List-Unsubscribe")?.trimmingCharacters(in: .whitespaces) == link)
        #expect(read.header("X-Unit") == "Gata och park: Åby")
        #expect(bytes.allSatisfy { $0 < 0x80 })
        let travelling = String(decoding: bytes, as: UTF8.self)
        #expect(travelling.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 998 })
        #expect(!travelling.contains("=0D"), "line ends are line ends, not data")
        #expect(!travelling.replacingOccurrences(of: "\r\n", with: "").contains { $0 == "\r" || $0 == "\n" })
    }

    @Test(arguments: [
        "", "\n", "utan radslut", "slutar med blanksteg \nnästa\t\n", "=C3=A5 =\n", "\u{FEFF}ÅÄÖ\u{2028}æ",
    ])
    func oddTexts(_ text: String) throws {
        var message = try MailMessage.sample()
        message.text = text
        let read = try ParsedMail(message.compose())
        #expect(read.defects == [])
        #expect(read.bodies == [text.hasSuffix("\n") ? text : text + "\n"])
    }

    @Test(arguments: ["", "a", "=?utf-8?q?tricked?=", "  ytterst  ", "x" + String(repeating: "å", count: 400)])
    func oddSubjects(_ subject: String) throws {
        var message = try MailMessage.sample()
        message.subject = subject
        let read = try ParsedMail(message.compose())
        #expect(read.defects == [])
        let visible = read.subject.replacingOccurrences(of: "\u{2060}", with: "")
        #expect(visible.trimmingCharacters(in: .whitespaces) == subject.trimmingCharacters(in: .whitespaces))
    }

    @Test(arguments: [
        "Ægir \"Ø\" <b@evil.example>", "a, b@evil.example,", "\\", "(x)", "=?utf-8?q?=3Cb=40evil=2Eexample=3E?=",
    ])
    func namesStayNames(_ name: String) throws {
        var message = try MailMessage.sample()
        message.to.name = name
        let read = try ParsedMail(message.compose())
        #expect(read.to.hasSuffix(" <asa@example.com>"))
        #expect(read.headers.filter { $0.first == "To" }.count == 1)
    }
}

@Suite struct MailMessageTests {
    @Test(arguments: ["\r\nBcc: b@evil.example", "\n", "\r", "\0", "\u{85}", "\u{2028}", "\u{7F}", "\t"])
    func headerInjectionIsRefused(_ evil: String) throws {
        let tricks: [(String, (inout MailMessage) -> Void)] = [
            ("Subject", { $0.subject += evil }), ("From", { $0.from.name? += evil }), ("To", { $0.to.name? += evil }),
            ("Message-ID", { $0.messageID += evil }), ("In-Reply-To", { $0.inReplyTo = "a@b" + evil }),
            ("References", { $0.references = ["a@b" + evil] }),
            ("X-Unit", { $0.headers = [MailMessage.Header("X-Unit", "a" + evil)] }),
        ]
        for (field, trick) in tricks {
            var message = try MailMessage.sample()
            trick(&message)
            #expect(throws: MailMessageError.controlCharacter(field: field)) { try message.compose() }
        }
    }

    @Test(arguments: ["", "X Unit", "X:", "X\r\nBcc", "Å", "from", "TO", "Bcc", "Content-Type", "Date", "Resent-To"])
    func headerNamesAreChecked(_ name: String) throws {
        var message = try MailMessage.sample()
        message.headers = [.init(name, "v")]
        #expect(throws: MailMessageError.headerName(name)) { try message.compose() }
    }

    @Test func idsDatesLanguagesAreChecked() throws {
        for id in ["", "a", "a@", "@b", "a@b@c", "<a@b>", "a b@c", "å@b", String(repeating: "a", count: 250) + "@b"] {
            var message = try MailMessage.sample()
            message.messageID = id
            #expect(throws: MailMessageError.messageID(field: "Message-ID")) { try message.compose() }
        }
        for date in [-1, 253_402_300_800_000, .min, .max] as [Int64] {
            var message = try MailMessage.sample()
            message.date = date
            #expect(throws: MailMessageError.date) { try message.compose() }
        }
        for language in ["", "svenska språket", "sv\r\nX: y", "sv-"] {
            var message = try MailMessage.sample()
            message.language = language
            #expect(throws: MailMessageError.language) { try message.compose() }
        }
        var message = try MailMessage.sample()
        message.headers = [.init("X-Long", String(repeating: "a", count: 999))]
        #expect(throws: MailMessageError.headerValue("X-Long")) { try message.compose() }
    }

    @Test func sameMailSameBytesOnEveryThread() async throws {
        var message = try MailMessage.sample()
        message.html = "<p>å</p>"
        let (expected, sent) = (try message.compose(), message)
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<200 { group.addTask { try sent.compose() } }
            for try await bytes in group { #expect(bytes == expected) }
        }
    }
}
