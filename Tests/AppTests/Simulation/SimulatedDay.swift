import Database
import Domain

@testable import App

/// What people do in one moment, all by chance; the same for the same seed, however often the transaction is tried.
struct SimulatedDay: Sendable {
    enum Who: Sendable { case citizens, staff }

    let seed: UInt64
    let who: Who
    let staff: ID<User>

    func perform(in op: App.Operation) throws {
        var chance = DemoChance(seed: seed)
        let categories = op.directory.activeCategories(in: "nb")
        for _ in 0..<chance.whole(who == .citizens ? 0...3 : 1...3) {
            try register(chance.fraction() < 0.8 ? chance.one(of: categories) : nil, &chance, in: op)
        }
        guard who == .staff else { return }
        let rows = try op.tx.rows(
            "SELECT * FROM cases WHERE municipality = \(op.tenant) AND state <> 'closed' ORDER BY id")
        for row in rows where chance.fraction() < 0.27 { try handle(try Case(row), &chance, in: op) }
        for row in rows where chance.fraction() < 0.01 { try becomeAcute(try Case(row), &chance, in: op) }
        if let closed = try op.tx.row(
            "SELECT * FROM cases WHERE municipality = \(op.tenant) AND state = 'closed' ORDER BY closed_at DESC LIMIT 1"
        ),
            chance.fraction() < 0.15
        {
            try run(ReopenCase.self, ["reason": "Still dark"], on: try Case(closed), in: op)
        }
    }

    /// A second caller says that it burns, or somebody marks it; and back again.
    private func becomeAcute(_ subject: Case, _ chance: inout DemoChance, in op: App.Operation) throws {
        let stored = try op.loadCase(subject.number, in: .everything)
        guard stored.state.isOpen else { return }
        if chance.fraction() < 0.5 { return try register(nil, joining: subject.number, &chance, in: op) }
        try run(MarkAcute.self, stored.isAcute ? [:] : ["acute": "true"], on: stored, in: op)
    }

    private func register(
        _ category: Domain.Category?, joining: CaseNumber? = nil, _ chance: inout DemoChance, in op: App.Operation
    ) throws {
        var fields = ["text": "A lamp is out, number \(chance.whole(1...9999))"]
        fields["category"] = category.map { "\($0.id)" }
        if chance.fraction() < 0.1 { fields["call_back"] = "true" }
        if joining != nil || chance.fraction() < 0.05 { fields["acute"] = "true" }
        fields["case"] = joining.map { "\($0)" }
        var input = InputReader(form: FormInput(values: fields.mapValues { [$0] }))
        let question = QuestionInput(&input, in: op)
        try input.finish()
        let address = chance.fraction() < 0.5 ? EmailAddress("kim@example.org") : nil
        _ = try RegisterContact(
            channel: chance.one(of: [.telephone, .email, .selfService]), direction: .incoming,
            person: Person(email: address, wantsUpdates: true), questions: [question]
        ).perform(in: op)
    }

    private func handle(_ subject: Case, _ chance: inout DemoChance, in op: App.Operation) throws {
        if subject.contractor != nil { return try contractorActs(on: subject, &chance, in: op) }
        let units = op.directory.activeUnits
        let later = op.directory.calendar.timeZone.day(of: op.now) + chance.whole(1...20)
        switch (subject.state, chance.whole(0...10)) {
        case (.new, 0...6), (.passedOn, 9):
            try run(PassOnCase.self, ["unit": "\(chance.one(of: units).id)"], on: subject, in: op)
        case (.new, _): try run(CloseCase.self, closing, on: subject, in: op)
        case (.passedOn, 10) where !subject.isConfidential, (.underway, 10) where !subject.isConfidential:
            try run(
                AssignCase.self, ["handler": "\(chance.one(of: op.directory.possibleHandlers).id)"], on: subject, in: op
            )
        case (.passedOn, 0...6): try run(AcknowledgeCase.self, [:], on: subject, in: op)
        case (.passedOn, 8) where !subject.isConfidential, (.underway, 9) where !subject.isConfidential:
            let contractors = op.directory.contractors.keys.sorted()
            try run(PassOnCase.self, ["contractor": "\(chance.one(of: contractors))"], on: subject, in: op)
        case (.passedOn, _), (.underway, 0):
            try run(
                RecodeCase.self, ["category": "\(chance.one(of: op.directory.activeCategories(in: "nb")).id)"],
                on: subject, in: op)
        case (.underway, 1...2): try run(GiveFeedback.self, ["message": "We are on it"], on: subject, in: op)
        case (.underway, 3): try run(ParkCase.self, ["until": later.iso, "reason": "parts"], on: subject, in: op)
        case (.underway, 4): try run(AwaitCitizen.self, ["message": "Which lamp?"], on: subject, in: op)
        case (.underway, 5...8): try run(CloseCase.self, closing, on: subject, in: op)
        case (.underway, _): try run(PassOnCase.self, ["unit": "\(chance.one(of: units).id)"], on: subject, in: op)
        case (.parked, 0...3): try run(UnparkCase.self, [:], on: subject, in: op)
        case (.parked, 4): try run(CloseCase.self, closing, on: subject, in: op)
        case (.awaitingCitizen, 0...5): try run(EndWaiting.self, [:], on: subject, in: op)
        default: break
        }
    }

    /// What the contractor does by the link, which the page's own tests walk.
    private func contractorActs(on subject: Case, _ chance: inout DemoChance, in op: App.Operation) throws {
        let calendar = op.directory.calendar
        let measure = Measure(id: op.newID(), kind: .corrective, what: "New lamp", who: "Lamps", doneAt: op.now)
        switch chance.whole(0...9) {
        case 0...3 where subject.acknowledgedAt == nil:
            try op.change(subject.number) { try $0.acknowledgeAsContractor(calendar: calendar, at: op.now) }
        case 4...6:
            let (changed, _) = try op.change(subject.number) {
                try $0.reportDone(measure, calendar: calendar, at: op.now)
            }
            try op.insert(measure, of: changed.id)
        case 3 where subject.acknowledgedAt != nil: try op.change(subject.number) { try $0.ask("Which?", at: op.now) }
        case 2 where subject.contractorAskedAt != nil: try op.change(subject.number) { try $0.tellContractor("That") }
        case 7: try op.change(subject.number) { try $0.handBack(reason: "not ours", calendar: calendar, at: op.now) }
        case 8: try run(CloseCase.self, closing, on: subject, in: op)
        default: break
        }
    }

    private var closing: [String: String] { ["answer": "Done", "outcome": "no_action", "reason": "already_mended"] }

    private func run<UseCase: CaseUseCase>(
        _: UseCase.Type, _ fields: [String: String], on subject: Case, in op: App.Operation
    ) throws {
        var input = InputReader(form: FormInput(values: fields.mapValues { [$0] }))
        let useCase = try UseCase(&input, in: op)
        try input.finish()
        try useCase.perform(on: subject.number, version: nil, in: op)
    }
}
