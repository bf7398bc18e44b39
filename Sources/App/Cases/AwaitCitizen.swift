import Domain
import HTTPTypes

/// Asks the citizen something. From when they have heard it until there is an answer, the clocks stand still.
struct AwaitCitizen: CaseUseCase {
    static let path = "waiting"
    static let flash = "waiting"
    static let permission = Permission.handleCases

    var message: String
    var told: TellingInput

    init(_ input: inout InputReader, in op: Operation) throws {
        message = input.text("message", max: 8_000, required: true) ?? ""
        told = try TellingInput(&input, in: op)
    }

    func flash(after changed: Case) -> String {
        changed.askedAt != nil ? Self.flash : changed.untoldSince != nil ? notTold : "not_asked"
    }

    func faults(about subject: Case, in op: Operation) throws -> [FieldError] {
        try told.faults(about: subject, in: op)
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.takeStep(on: number, version: version, told) {
            try $0.awaitCitizen(message, told: $1, calendar: op.directory.calendar, at: op.now)
        }
    }
}

/// The answer has come, or is no longer waited for.
struct EndWaiting: CaseUseCase {
    static let path = "waiting"
    static let method = HTTPRequest.Method.delete
    static let form = "waiting-end"
    static let flash = "waiting_ended"
    static let permission = Permission.handleCases

    var note: String?

    init(_ input: inout InputReader, in op: Operation) throws {
        note = input.text("note", max: 4_000)
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.change(number, version: version) {
            try $0.resume(note: note, calendar: op.directory.calendar, at: op.now)
        }
    }
}
