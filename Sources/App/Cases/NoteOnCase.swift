import Domain

/// A note between colleagues.
struct NoteOnCase: CaseUseCase {
    static let path = "notes"
    static let flash = "note_added"
    static let permission = Permission.handleCases

    var note: String

    init(_ input: inout InputReader, in op: Operation) throws {
        note = input.text("note", max: 8_000, required: true) ?? ""
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        // Two notes at once do not stand in each other's way, so the page's version does not matter.
        try op.cases.change(number) { try $0.note(note) }
    }
}

/// The reference in the quality system (R5.3).
struct LinkDeviation: CaseUseCase {
    static let path = "deviation"
    static let flash = "deviation_linked"
    static let permission = Permission.handleCases

    var reference: String

    init(_ input: inout InputReader, in op: Operation) throws {
        reference = input.line("reference", max: 200, required: true) ?? ""
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.change(number, version: version) { try $0.linkDeviation(reference) }
    }
}

/// Puts a case in front of the unit at once (R1.10), or takes that back.
struct MarkAcute: CaseUseCase {
    static let path = "acute"
    static let flash = "marked_acute"
    static let permission = Permission.routeCases

    var isAcute: Bool
    var reason: String?

    init(_ input: inout InputReader, in op: Operation) throws {
        isAcute = input.flag("acute", default: input.source != .form)
        reason = input.text("reason", max: 1_000)
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.change(number, version: version) {
            try $0.markAcute(isAcute, reason: reason, calendar: op.directory.calendar, at: op.now)
        }
    }
}
