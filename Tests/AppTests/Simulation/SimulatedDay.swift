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
        for row in rows where chance.fraction() < 0.012 {
            let subject = try op.cases.load(try Case(row).number, in: .everything)
            if subject.state.isOpen { try register(nil, joining: subject.number, &chance, in: op) }
        }
        try tell(&chance, in: op)
        try measure(rows, &chance, in: op)
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
        let stored = try op.cases.load(subject.number, in: .everything)
        guard stored.state.isOpen else { return }
        if chance.fraction() < 0.5 { return try register(nil, joining: subject.number, isAcute: true, &chance, in: op) }
        try run(MarkAcute.self, stored.isAcute ? [:] : ["acute": "true"], on: stored, in: op)
    }

    private func register(
        _ category: Domain.Category?, joining: CaseNumber? = nil, isAcute: Bool = false, _ chance: inout DemoChance,
        in op: App.Operation
    ) throws {
        var fields = ["text": "A lamp is out, number \(chance.whole(1...9999))"]
        fields["category"] = category.map { "\($0.id)" }
        if chance.fraction() < 0.1 { fields["call_back"] = "true" }
        if isAcute || chance.fraction() < 0.05 { fields["acute"] = "true" }
        fields["case"] = joining.map { "\($0)" }
        var input = InputReader(form: FormInput(values: fields.mapValues { [$0] }))
        let question = QuestionInput(&input, in: op)
        try input.finish()
        _ = try RegisterContact(
            channel: chance.one(of: [.telephone, .email, .selfService]), direction: .incoming,
            person: person(&chance), questions: [question]
        ).perform(in: op)
    }

    /// Nearly half can be written to, a quarter can be called, some gave a name alone, and some said nothing.
    private func person(_ chance: inout DemoChance) -> Person {
        let name = "Kim \(chance.whole(1...9999))"
        return switch chance.fraction() {
        case ..<0.4: Person(email: EmailAddress(SimulatedBoxes.address(&chance)), wantsUpdates: true)
        case ..<0.5: Person(name: name, phone: PhoneNumber("4\(chance.whole(1_000_000...9_999_999))"), bySMS: true)
        case ..<0.7: Person(name: name, phone: PhoneNumber("22\(chance.whole(100_000...999_999))"))
        case ..<0.8: Person(name: name)
        default: Person()
        }
    }

    /// Of what was written, and had not been told: on the page or by a program, each on its own or all at once.
    private func tell(_ chance: inout DemoChance, in op: App.Operation) throws {
        let untold = try op.tx.rows(
            "SELECT * FROM cases WHERE municipality = \(op.tenant) AND untold_since IS NOT NULL ORDER BY id")
        for row in untold where chance.fraction() < 0.12 {
            let subject = try Case(row)
            var fields = ["how": chance.one(of: ["telephone", "visit", "letter", "other", "nobody"])]
            if fields["how"] == "nobody" { fields["note"] = "moved away" }
            if chance.fraction() < 0.3, let step = try op.cases.lastStep(of: subject.id) {
                let open = try op.cases.listeners(of: subject.id, hearing: step.event).first { !$0.isSettled }
                fields["contact"] = open.map { "\($0.contacts[0])" }
            }
            try run(TellCitizen.self, fields, byProgram: chance.fraction() < 0.5, on: subject, in: op)
        }
    }

    /// Planned while the case is open, done whenever.
    private func measure(_ rows: [Row], _ chance: inout DemoChance, in op: App.Operation) throws {
        let today = op.directory.calendar.timeZone.day(of: op.now)
        for row in rows where chance.fraction() < 0.02 {
            let subject = try op.cases.load(try Case(row).number, in: .everything)
            guard subject.state.isOpen else { continue }
            let kind = chance.one(of: Measure.Kind.allCases).rawValue
            let due = (today + chance.whole(0...30)).iso
            try run(
                AddMeasure.self, ["kind": kind, "what": "New cable", "who": "Crew", "due_at": due], on: subject, in: op)
        }
        let planned = try op.tx.rows(
            "SELECT id, case_id FROM measures WHERE municipality = \(op.tenant) AND done_at IS NULL ORDER BY id")
        for row in planned where chance.fraction() < 0.02 {
            let (measure, id): (ID<Measure>, ID<Case>) = (try row["id"], try row["case_id"])
            guard let subject = try op.cases.load([id], in: .everything)[id] else { continue }
            try run(FinishMeasure.self, ["measure": "\(measure)", "done_at": today.iso], on: subject, in: op)
        }
    }

    private func handle(_ subject: Case, _ chance: inout DemoChance, in op: App.Operation) throws {
        if subject.contractor != nil { return try contractorActs(on: subject, &chance, in: op) }
        let units = op.directory.activeUnits
        let later = op.directory.calendar.timeZone.day(of: op.now) + chance.whole(1...20)
        switch (subject.state, chance.whole(0...10)) {
        case (.new, 0...6), (.passedOn, 9):
            try run(PassOnCase.self, ["unit": "\(chance.one(of: units).id)"], on: subject, in: op)
        case (.new, _): try step(CloseCase.self, closing, &chance, on: subject, in: op)
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
        case (.underway, 1...2):
            try step(GiveFeedback.self, ["message": "We are on it"], &chance, on: subject, in: op)
        case (.underway, 3): try run(ParkCase.self, ["until": later.iso, "reason": "parts"], on: subject, in: op)
        case (.underway, 4): try step(AwaitCitizen.self, ["message": "Which lamp?"], &chance, on: subject, in: op)
        case (.underway, 5...8): try step(CloseCase.self, closing, &chance, on: subject, in: op)
        case (.underway, _): try run(PassOnCase.self, ["unit": "\(chance.one(of: units).id)"], on: subject, in: op)
        case (.parked, 0...3): try run(UnparkCase.self, [:], on: subject, in: op)
        case (.parked, 4): try step(CloseCase.self, closing, &chance, on: subject, in: op)
        case (.awaitingCitizen, 0...5): try run(EndWaiting.self, [:], on: subject, in: op)
        default: break
        }
    }

    /// What the contractor does by the link, which the page's own tests walk.
    private func contractorActs(on subject: Case, _ chance: inout DemoChance, in op: App.Operation) throws {
        let calendar = op.directory.calendar
        let measure = Measure(id: op.newID(), kind: .corrective, what: "New lamp", who: "Lamps", doneAt: op.now)
        switch chance.whole(0...10) {
        case 0...3 where subject.acknowledgedAt == nil:
            try op.cases.change(subject.number) { try $0.acknowledgeAsContractor(calendar: calendar, at: op.now) }
        case 4...6:
            try op.cases.change(subject.number) { try $0.reportDone(measure, calendar: calendar, at: op.now) }
            try op.cases.insert(measure, of: subject.id)
        case 3 where subject.acknowledgedAt != nil:
            try op.cases.change(subject.number) { try $0.ask("Which?", at: op.now) }
        case 2 where subject.contractorAskedAt != nil:
            try op.cases.change(subject.number) { try $0.tellContractor("That") }
        case 9 where subject.acknowledgedAt != nil:
            let how = chance.fraction() < 0.3 ? TellingWay.visit.rawValue : nil
            var input = InputReader(form: FormInput(values: how.map { ["told_how": [$0]] } ?? [:]))
            let told = try TellingInput(&input, in: op, isAsked: false)
            try op.cases.takeStep(on: subject.number, told) {
                try $0.giveFeedbackAsContractor("We come", told: $1, at: op.now)
            }
        case 7:
            try op.cases.change(subject.number) { try $0.handBack(reason: "not ours", calendar: calendar, at: op.now) }
        case 8: try step(CloseCase.self, closing, &chance, on: subject, in: op)
        default: break
        }
    }

    private var closing: [String: String] { ["answer": "Done", "outcome": "no_action", "reason": "already_mended"] }

    /// What the citizen has to hear of: on the page, where the form asks how they were told; or by a program, which may say
    /// so, and may ask for no message.
    private func step<UseCase: CaseUseCase>(
        _ useCase: UseCase.Type, _ fields: [String: String], _ chance: inout DemoChance, on subject: Case,
        in op: App.Operation
    ) throws {
        let isByProgram = chance.fraction() < 0.4
        var fields = fields
        if !isByProgram || chance.fraction() < 0.2 {
            fields["told_how"] = chance.one(of: ["telephone", "visit", "letter", isByProgram ? "sms" : "not_yet"])
        }
        if UseCase.self == GiveFeedback.self, chance.fraction() < (isByProgram ? 0.1 : 0.9) {
            fields["notify"] = isByProgram ? "false" : "true"
        }
        try run(useCase, fields, byProgram: isByProgram, on: subject, in: op)
    }

    private func run<UseCase: CaseUseCase>(
        _: UseCase.Type, _ fields: [String: String], byProgram isByProgram: Bool = false, on subject: Case,
        in op: App.Operation
    ) throws {
        let values = fields.mapValues { $0 == "false" ? InputValue.flag(false) : .text($0) }
        var input =
            isByProgram ? InputReader(values) : InputReader(form: FormInput(values: fields.mapValues { [$0] }))
        let useCase = try UseCase(&input, in: op)
        try input.finish()
        try useCase.perform(on: subject.number, version: nil, in: op)
    }
}
