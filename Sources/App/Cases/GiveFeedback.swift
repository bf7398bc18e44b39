import Domain

/// The citizen hears from us; not yet solved (R4.1).
struct GiveFeedback: CaseUseCase {
    static let path = "feedback"
    static let flash = "feedback_given"
    static let permission = Permission.handleCases

    var message: String
    var notify: Bool

    init(_ input: inout InputReader, in op: Operation) throws {
        message = input.text("message", max: 8_000, required: true) ?? ""
        // An unticked box is not sent by a form; a JSON body that says nothing means yes.
        notify = input.flag("notify", default: input.source != .form)
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        let (changed, event) = try op.change(number, version: version) {
            try $0.giveFeedback(message, at: op.now)
        }
        if notify { try op.queueMail(.feedback(message), about: changed, because: event) }
    }
}
