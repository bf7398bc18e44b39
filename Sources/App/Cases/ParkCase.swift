import Domain
import HTTPTypes

/// Puts a case aside until a promised time (R3.3).
struct ParkCase: CaseUseCase {
    static let path = "parking"
    static let flash = "parked"
    static let permission = Permission.handleCases

    var until: Instant
    var reason: String

    init(_ input: inout InputReader, in op: Operation) throws {
        until = input.promise("until", in: op, required: true) ?? op.now
        reason = input.text("reason", max: 4_000, required: true) ?? ""
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.change(number, version: version) {
            try $0.park(until: until, reason: reason, calendar: op.directory.calendar, at: op.now)
        }
    }
}

/// Takes it up again, in the state it was in.
struct UnparkCase: CaseUseCase {
    static let path = "parking"
    static let method = HTTPRequest.Method.delete
    static let form = "unparking"
    static let flash = "unparked"
    static let permission = Permission.handleCases

    init(_ input: inout InputReader, in op: Operation) throws {}

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.change(number, version: version) { try $0.unpark() }
    }
}
