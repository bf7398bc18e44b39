import Domain

/// The citizen hears from us; not yet solved (R4.1). By a message, or as it is written down.
struct GiveFeedback: CaseUseCase {
    static let path = "feedback"
    static let flash = "feedback_given"
    static let permission = Permission.handleCases

    var message: String
    var notify: Bool
    var told: TellingInput

    init(_ input: inout InputReader, in op: Operation) throws {
        message = input.text("message", max: 8_000, required: true) ?? ""
        // An unticked box is not sent by a form; a JSON body that says nothing means yes.
        notify = input.flag("notify", default: input.source != .form)
        told = try TellingInput(&input, in: op)
    }

    func flash(after changed: Case) -> String { changed.untoldSince == nil ? Self.flash : notTold }

    func faults(about subject: Case, in op: Operation) throws -> [FieldError] {
        try told.faults(about: subject, isSent: notify, in: op)
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.takeStep(on: number, version: version, told, isSent: notify) {
            try $0.giveFeedback(message, isSent: notify, told: $1, at: op.now)
        }
    }
}
