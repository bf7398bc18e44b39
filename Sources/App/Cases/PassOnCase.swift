import Domain

/// Passes a case to a unit or a person, or to a contractor, while a unit stays responsible (R3.1, R3.2, R3.4).
struct PassOnCase: CaseUseCase {
    static let path = "routing"
    static let flash = "routed"
    static let permission = Permission.routeCases

    var unit: ID<Unit>?
    var handler: ID<User>?
    var contractor: ID<Contractor>?
    var note: String?
    /// Asked for when somebody is passed on and left no address (R3.7).
    var email: EmailAddress?
    var phone: PhoneNumber?
    /// The form comes with the proposed unit filled in; a program names a unit because it means it.
    private let isProposing: Bool

    init(_ input: inout InputReader, in op: Operation) throws {
        isProposing = input.source == .form
        unit = input.id("unit")
        handler = input.id("handler")
        contractor = input.id("contractor")
        note = input.text("note", max: 4_000)
        email = input.email("email")
        phone = input.phone("phone")
        if let unit, op.directory.units[unit]?.isActive != true { input.fail("unit", "unknown") }
        if let handler, !op.directory.isPossibleHandler(handler) { input.fail("handler", "unknown") }
        if let contractor, op.directory.contractors[contractor]?.isActive != true {
            input.fail("contractor", "unknown")
        }
        if unit == nil && handler == nil && contractor == nil && input.errors.isEmpty {
            input.fail("unit", "unit_or_handler_required")
        }
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        // First, so that they hear of it where they are now. And who does not read the case afterwards has given an address
        // to somebody else's.
        let correction = try correction(of: try op.cases.load(number, in: op.scope), in: op)
        let isCorrected = try correction?.perform(in: op).contains(number) ?? false
        let version = version.map { isCorrected ? $0 + 1 : $0 }
        try op.cases.change(number, version: version) { subject in
            let isNamed = unit != nil || handler != nil
            let target = contractor == nil || isNamed ? try target(from: subject, in: op) : nil
            guard let contractor else {
                return try subject.passOn(
                    to: target ?? subject.unit, handler: handler, note: note, calendar: op.directory.calendar,
                    at: op.now)
            }
            return try subject.passOn(
                to: contractor, unit: target, handler: handler, note: note, calendar: op.directory.calendar,
                at: op.now)
        }
    }

    /// Of whoever reported it first. Whether it is theirs to make is asked before the case goes elsewhere.
    private func correction(of current: Case, in op: Operation) throws -> CorrectContact? {
        guard email != nil || phone != nil, let first = try op.outbox.reporters(of: current.id).first else {
            return nil
        }
        var person = first.person
        person.email = email ?? person.email
        person.phone = phone ?? person.phone
        if op.outbox.tellsBySMS, phone != nil, let fault = person.textingFault(in: op.municipality.country) {
            throw InputErrors("phone", fault)
        }
        let field = email != nil ? "email" : "phone"
        return try CorrectContact(of: first.contact, from: first.person, to: person, naming: field, in: op)
    }

    /// The named unit; else the handler's own, which is the present one where they belong to it.
    private func target(from current: Case, in op: Operation) throws -> ID<Unit> {
        // A confidential case shows only to its unit: somebody outside could not open what was sent to them.
        let belongsTo =
            handler.flatMap { op.directory.people[$0]?.user }
            .map { current.isConfidential ? $0.confidentialUnits : $0.units } ?? []
        if let unit {
            if handler != nil && current.isConfidential && !belongsTo.contains(unit) {
                throw InputErrors("handler", "not_in_unit")
            }
            // Whoever leaves the proposal as it is and picks somebody elsewhere means that person.
            let isProposal = isProposing && current.state == .new && unit == current.unit
            if isProposal, !belongsTo.isEmpty, !belongsTo.contains(unit) { return belongsTo.sorted().first ?? unit }
            return unit
        }
        if belongsTo.contains(current.unit) { return current.unit }
        guard let own = belongsTo.sorted().first else { throw InputErrors("handler", "no_unit") }
        return own
    }
}
