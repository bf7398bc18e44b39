import Domain

/// "I have it" (R4.1).
struct AcknowledgeCase: CaseUseCase {
    static let path = "acknowledgement"
    static let flash = "acknowledged"
    static let permission = Permission.handleCases

    init(_ input: inout InputReader, in op: Operation) throws {}

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        let user = try op.user.id
        try op.cases.change(number, version: version) {
            try $0.acknowledge(by: user, calendar: op.directory.calendar, at: op.now)
        }
    }
}
