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
        let (changed, event) = try op.change(number, version: version) {
            try $0.reopen(reason: reason, at: op.now)
        }
        try op.spendMeasures(of: changed.id)
        try op.queueMail(.reopened, about: changed, because: event)
        try op.queueStaffMail(about: changed, because: event, note: reason, as: "case_reopened")
    }
}
