@testable import Adapters

/// What goes through typed text on its way out.
enum AdapterFunctions {
    private static func message(subject: String, text: String) -> MailMessage? {
        guard let from = MailAddress("post@example.org"), let to = MailAddress("kari@example.org") else { return nil }
        return MailMessage(
            from: .init(address: from), to: .init(address: to), subject: subject, text: text,
            messageID: "1@example.org",
            date: 0)
    }

    static let all: [TextFunction] = [
        TextFunction("MailAddress") { _ = MailAddress($0) },
        TextFunction("FormulaGuard.disarmed") { _ = FormulaGuard.disarmed($0) },
        TextFunction("FormulaGuard.restored") { _ = FormulaGuard.restored($0) },
        TextFunction("SpreadsheetWriter.storable") { _ = SpreadsheetWriter.storable($0) },
        TextFunction("MailMessage, text") { _ = try? message(subject: "x", text: $0)?.compose() },
        TextFunction("MailMessage, subject") { _ = try? message(subject: $0, text: "x")?.compose() },
    ]
}
