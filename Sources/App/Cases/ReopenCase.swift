import Domain
import HTTPTypes

/// Opens a closed case again (R5.4).
struct ReopenCase: CaseUseCase {
    static let path = "closure"
    static let method = HTTPRequest.Method.delete
    static let form = "reopening"
    static let flash = "reopened"
    static let permission = Permission.handleCases

    var reason: String

    init(_ input: inout InputReader, in op: Operation) throws {
        reason = input.text("reason", max: 4_000, required: true) ?? ""
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.change(number, version: version) { [try op.cases.reopen(&$0, because: reason)] }
    }
}

extension CaseFacade {
    /// Opens a closed case again, whoever asks for it: what had been done did not help.
    ///
    /// - Parameter contact: whose words the reason is: the other reporters do not get to read them.
    func reopen(
        _ subject: inout Case, because reason: String, saidIn contact: ID<Contact>? = nil
    ) throws -> CaseEvent {
        let event = try subject.reopen(reason: reason, saidIn: contact, at: now)
        try tx.send(
            """
            UPDATE measures SET is_spent = 1
            WHERE municipality = \(tenant) AND case_id = \(subject.id) AND done_at IS NOT NULL
            """)
        return event
    }
}
