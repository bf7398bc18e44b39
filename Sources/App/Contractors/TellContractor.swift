import Domain
import HTTPTypes

/// Answers the contractor who has the case, or tells more.
struct TellContractor: CaseUseCase {
    static let path = "contractor/message"
    static let form = "contractor-message"
    static let flash = "contractor_told"
    static let permission = Permission.handleCases

    var message: String

    init(_ input: inout InputReader, in op: Operation) throws {
        message = input.text("message", max: 8_000, required: true) ?? ""
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.change(number, version: version) { try $0.tellContractor(message) }
    }
}

/// A new link for the contractor, who lost the mail or let the link expire. The one before ends.
struct SendContractorLinkAnew: CaseUseCase {
    static let path = "contractor/link"
    static let form = "contractor-link"
    static let flash = "contractor_link_sent"
    static let permission = Permission.routeCases

    init(_ input: inout InputReader, in op: Operation) throws {}

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.change(number, version: version) { try $0.renewContractorLink() }
    }
}

/// The contractor does not see the case any more. Whose it is does not change: pass it on, or it comes back late.
struct WithdrawContractorLink: CaseUseCase {
    static let path = "contractor/link"
    static let method = HTTPRequest.Method.delete
    static let form = "contractor-withdrawal"
    static let flash = "contractor_link_withdrawn"
    static let permission = Permission.routeCases

    init(_ input: inout InputReader, in op: Operation) throws {}

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        let change = try op.cases.change(number, version: version) { try $0.withdrawContractorLink() }
        try op.contractors.endLinks(of: change.after.id, as: .withdrawn)
    }
}
