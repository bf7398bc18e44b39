import Domain

/// The forms on the case page: those that the state allows and the user may send, the likeliest first.
struct CaseActions {
    let op: Operation
    let shown: Case
    let measures: [Measure]
    /// Asked for with the next step, when nobody who reported it can be written to (R3.7).
    let unreached: Person?
    private let contacts: [Contact]
    let forms: CaseForms
    /// Who has not heard of the last step.
    let untold: [Listener]
    /// Who is to be told by other means: of that step, or of a message that did not arrive.
    let owed: [Listener]
    /// Whether anybody is, though they may have been held back from the case since.
    private let isOwed: Bool

    init(_ shown: Case, measures: [Measure], contacts: [Contact], visit: Visit, in op: Operation) throws {
        self.op = op
        self.shown = shown
        self.measures = measures
        let confirmed = contacts.filter { !$0.isHeld }
        self.contacts = confirmed
        unreached = confirmed.allSatisfy { $0.person.email == nil } ? confirmed.first?.person : nil
        let step = try op.cases.lastStep(of: shown.id)
        let listeners = try op.cases.listeners(of: shown.id, hearing: step?.event)
        let untold = step == nil ? [] : listeners.filter { $0.toldAt == nil }
        let missed = try op.outbox.missedContacts(of: shown.id)
        self.untold = untold
        owed = listeners.filter { listener in
            listener.contacts.contains(where: missed.contains)
                || shown.untoldSince != nil && !listener.isSettled && untold.contains(listener)
        }
        isOwed = !owed.isEmpty || !missed.isEmpty
        forms = CaseForms(
            words: op.words, url: op.paths(.case, shown.number), version: "\(shown.version)",
            returned: Self.returned(visit), input: visit.form, telling: TellingFields(listeners, in: op))
    }

    /// The form that came back with errors. Forwarding is sent to the same address as closing.
    private static func returned(_ visit: Visit) -> String? {
        if let measure = visit.parameters["measure"] { return "measure-" + measure }
        if let contact = visit.parameters["contact"] { return "reporter-" + contact }
        if visit.returnedForm == "closure" && visit.form.first("outcome") == "forwarded" { return "forwarding" }
        return visit.returnedForm
    }

    func all() throws -> [ActionForm] {
        if shown.isErased { return [] }
        let user = try op.user
        var allowed: [ActionForm] = []
        var returned: ActionForm?
        func add(_ action: CaseAction, _ permission: Permission, _ form: () -> ActionForm) {
            if user.may(permission), isOpen(action) { return allowed.append(form()) }
            // What was written comes back in its form, although that cannot be carried out any more.
            guard forms.returned != nil, case let back = form(), back.isOpen else { return }
            returned = back
        }
        let hasMeasure = measures.contains(where: shown.counts)
        // What was written waits for somebody to tell it.
        if isOwed { add(.tell, .handleCases, told) }
        // Nobody has it: the desk passes it on. Else whoever has it acknowledges, tells, answers.
        if shown.state == .new { add(.passOn, .routeCases, passOn) }
        // "I have it" is the contractor's to say; who takes it over from them passes it on.
        if shown.contractor == nil { add(.acknowledge, .handleCases, forms.acknowledgement) }
        add(.unpark, .handleCases, forms.unparking)
        add(.resume, .handleCases, forms.endWaiting)
        if shown.feedbackAt == nil { add(.giveFeedback, .handleCases, forms.feedback) }
        add(.close, .handleCases) { forms.closure(hasMeasure: hasMeasure) }
        if shown.feedbackAt != nil { add(.giveFeedback, .handleCases, forms.feedback) }
        if shown.state != .new { add(.passOn, .routeCases, passOn) }
        add(.reopen, .handleCases, forms.reopening)
        // Nobody had to be told, and yet somebody may have been.
        if !isOwed, !untold.isEmpty, isSettled { add(.tell, .handleCases, told) }
        add(.note, .handleCases, forms.note)
        add(.assign, .handleCases) { forms.performer(people: people(), current: shown.handler?.description ?? "") }
        add(.addMeasure, .handleCases, forms.measure)
        add(.park, .handleCases, forms.parking)
        add(.awaitCitizen, .handleCases, forms.waiting)
        add(.recode, .routeCases) {
            forms.recoding(categories: op.organisation.categoryOptions(), current: shown.category?.description ?? "")
        }
        add(.close, .handleCases, forms.forwarding)
        add(.markAcute, .routeCases) { forms.acute(isAcute: shown.isAcute) }
        add(.linkDeviation, .handleCases) { forms.deviation(reference: shown.deviation ?? "") }
        if !allowed.isEmpty { allowed[0].isPrimary = shown.state.isOpen || isOwed }
        if shown.isConfidential, user.may(.handleCases), !contacts.isEmpty { allowed.append(try word()) }
        if let returned { allowed.insert(returned, at: 0) }
        return allowed
    }

    private func isOpen(_ action: CaseAction) -> Bool {
        if case .refused = shown.state.transition(on: action) { return false }
        return action != .acknowledge || shown.acknowledgedAt == nil
    }

    /// How the citizen opens the case, where the link alone does not.
    private func word() throws -> ActionForm {
        let reporters = contacts.map { contact in
            FormField.Option(
                value: "\(contact.id)",
                text: [contact.person.name ?? op.words("case.reporter.no_name"), op.cases.summary(of: contact)]
                    .joined(separator: ", "))
        }
        return forms.word(
            reporters: reporters.count == 1 ? [] : reporters,
            hasWord: try contacts.contains { try op.citizens.hasWord($0.id) })
    }

    /// Nil for who may not say it.
    func confirmation(of contact: ID<Contact>) -> ActionForm? {
        !shown.isErased && (try? op.user.may(.handleCases)) == true ? forms.reporterConfirmation(of: "\(contact)") : nil
    }

    func rows() -> [MeasureRow] {
        let times = Times(op.directory.calendar, op.words, op.now)
        let today = op.today.iso
        let mayFinish = !shown.isErased && (try? op.user.may(.handleCases)) ?? false
        return measures.map { measure in
            let who = op.retention.shown(measure.who, erasedBy: shown.wordsErasure)
            let day = (measure.doneAt ?? measure.dueAt).map(times.day)
            let text = day.map {
                op.words(measure.doneAt == nil ? "measure.by" : "measure.done", ["who": who, "day": $0])
            }
            return MeasureRow(
                id: "\(measure.id)", kind: op.words("measure." + measure.kind.rawValue),
                what: op.retention.shown(measure.what, erasedBy: shown.wordsErasure),
                text: text ?? who,
                done: (measure.doneAt == nil || forms.returned == "measure-\(measure.id)") && mayFinish
                    ? forms.measureDone(id: "\(measure.id)", today: today) : nil)
        }
    }

    /// There was nobody to tell, or nobody else.
    private var isSettled: Bool { untold.allSatisfy(\.isSettled) }

    private func told() -> ActionForm {
        forms.told(
            names: owed.map { op.cases.nameAndNumber(of: $0) },
            people: owed.compactMap { listener in
                listener.contacts.last.map { .init(value: "\($0)", text: op.cases.name(of: listener)) }
            })
    }

    /// A case that nobody has yet is on its way to the unit of its category: that one is filled in.
    private func passOn() -> ActionForm {
        forms.routing(
            units: op.organisation.unitOptions(), people: people(),
            contractors: shown.isConfidential
                ? [] : op.directory.activeContractors.map { .init(value: "\($0.id)", text: $0.name) },
            proposed: op.cases.isProposed(shown) ? "\(shown.unit)" : "",
            unreached: unreached)
    }

    /// With their unit, so that the right person is found among namesakes (R3.1).
    private func people() -> [FormField.Option] {
        op.directory.possibleHandlers.map { person in
            let unit = person.units.sorted().first.map { op.directory.name(of: $0) }
            return .init(value: "\(person.id)", text: unit.map { "\(person.name), \($0)" } ?? person.name)
        }
    }
}
