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
        let (changed, event) = try op.reopen(number, version: version, because: reason)
        try op.queueStaffMail(about: changed, because: event, note: reason, as: "case_reopened")
    }
}

extension Operation {
    /// Opens a closed case again, whoever asks for it: what had been done did not help, and who reported it is told.
    ///
    /// - Parameters:
    ///   - contact: whose words the reason is: the other reporters do not get to read them.
    ///   - tellsAcute: the reason tells of something acute, so that whom to call comes first.
    @discardableResult
    func reopen(
        _ number: CaseNumber, in scope: CaseScope? = nil, version: Int? = nil, because reason: String,
        saidIn contact: ID<Contact>? = nil, tellsAcute: Bool = false
    ) throws -> (case: Case, event: ID<CaseEvent>) {
        let (reopened, event) = try change(number, in: scope, version: version) {
            var event = try $0.reopen(reason: reason, at: now)
            event.data.contact = contact
            return event
        }
        try tx.send(
            """
            UPDATE measures SET is_spent = 1
            WHERE municipality = \(tenant) AND case_id = \(reopened.id) AND done_at IS NOT NULL
            """)
        try queueMail(.reopened, about: reopened, because: event, tellsAcute: tellsAcute)
        return (reopened, event)
    }
}
