import Domain

/// Names the responsible handler (R3.6): oneself, or by a leader somebody else.
struct AssignCase: CaseUseCase {
    static let path = "performer"
    static let flash = "performer_changed"
    static let permission = Permission.handleCases

    var handler: ID<User>

    init(_ input: inout InputReader, in op: Operation) throws {
        let user = try op.user
        handler = input.id("handler") ?? user.id
        if !op.directory.isPossibleHandler(handler) { input.fail("handler", "unknown") }
        if handler != user.id && !user.may(.leadUnit) && !user.may(.routeCases) { throw Refusal.forbidden }
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        let reads = op.directory.people[handler]?.user.confidentialUnits ?? []
        try op.cases.change(number, version: version) {
            if $0.isConfidential && !reads.contains($0.unit) { throw InputErrors("handler", "not_in_unit") }
            return try $0.assign(handler, at: op.now)
        }
    }
}
