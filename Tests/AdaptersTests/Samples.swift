import Adapters
import Foundation
import Testing

extension MailMessage {
    /// A receipt as a citizen gets it.
    static func sample() throws -> MailMessage {
        MailMessage(
            from: Mailbox(
                name: "Sandvik kommun, Ärendemottagning", address: try MailAddress(parsing: "torg@sandvik.example")),
            to: Mailbox(name: "Åsa Sjöblom Ærø Øst", address: try MailAddress(parsing: "asa@example.com")),
            subject: "Vi har tagit emot ditt ärende 26-10423-4: gatlyktan på Åvägen",
            text: "Hej!\n\nVi har tagit emot ditt ärende.\n.en rad som börjar med punkt\n.\nFrån åäö till æøÅ.\n",
            messageID: "26-10423-4.1@sandvik.example", date: 1_790_000_000_999)
    }
}

/// What a reader unlike our writer makes of a mail: Python's email package.
struct ParsedMail: Decodable {
    var subject: String
    var from: String
    var to: String
    var headers: [[String]]
    var types: [String]
    var bodies: [String]
    var defects: [String]

    func header(_ name: String) -> String? { headers.first { $0.first?.lowercased() == name.lowercased() }?.last }

    static let isAvailable = ["/usr/bin/python3", "/usr/local/bin/python3"].contains {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private static let script = """
        import sys, json, email, email.policy
        mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
        leaves = [part for part in mail.walk() if not part.is_multipart()]
        json.dump(dict(
            subject=mail["Subject"], types=[part.get_content_type() for part in mail.walk()],
            headers=[[str(k), str(v)] for k, v in mail.items()],
            bodies=[part.get_content().replace("\\r\\n", "\\n") for part in leaves], defects=[repr(d) for part in mail.walk() for d in part.defects],
            **{"from": str(mail["From"]), "to": str(mail["To"])}), sys.stdout)
        """

    init(_ bytes: [UInt8]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.script]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(bytes))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        self = try JSONDecoder().decode(ParsedMail.self, from: answer)
    }
}
