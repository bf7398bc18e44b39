import Database
import Domain

extension ImportedRequest {
    /// Writes contact, question, case, measure and history with the row's own times, and tells nobody: what happened
    /// in another system has been told by it.
    ///
    /// - Parameters:
    ///   - op: as `.system`, with ids of the past.
    ///   - performer: somebody must be, of what is underway (R3.6).
    ///   - source: with the reference, unique in the municipality.
    /// - Returns: false when it had been imported before; then nothing is written.
    func store(
        source: String, category: ID<Category>?, unit: ID<Unit>, performer: ID<User>?, in op: Operation
    ) throws -> Bool {
        var contact = Contact(
            id: op.newID(), at: at, channel: channel, person: person, registeredBy: nil, questions: [])
        guard try op.contacts.insert(contact, from: source, reference) else { return false }
        var subject = open(category, unit, number: try op.cases.nextCaseNumber(at: at), in: op)
        let question = Question(id: op.newID(), text: text, category: category, caseID: subject.id)
        // Ids are made in the order of the times, before anything is written: they rise together.
        var history = [Line(subject.opened(by: contact.id), at, in: op)]
        var measures: [Measure] = []
        switch course {
        case .new: break
        case .passedOn: subject.handler = performer
        case .underway(let since):
            let event = try subject.acknowledge(by: performer, calendar: op.directory.calendar, at: since)
            history.append(Line(event, since, in: op))
        case .closed(let closure, let closedAt, let done):
            if let done {
                let measure = Measure(
                    id: op.at(done.at).newID(), kind: .corrective, what: done.what, who: done.who, doneAt: done.at)
                measures.append(measure)
                history.append(Line(try subject.add(measure, to: []), done.at, in: op))
            }
            // What was answered in another system, it told.
            let event = try subject.close(
                closure, measures: measures, told: .told(at: closedAt), by: performer, at: closedAt)
            history.append(Line(event, closedAt, in: op))
        }
        // What was missed in another system is late, and told by the lists; nobody is reminded of all of it at once.
        _ = subject.remind(op.directory.targets(for: subject), op.directory.calendar, at: op.installation.now())
        try op.cases.insert(subject, registeredBy: nil)
        try op.contacts.insert(question, of: contact.id)
        contact.questions = [question]
        try op.contacts.recordRegistration(of: contact, cases: [subject])
        for measure in measures { try op.cases.insert(measure, of: subject.id) }
        for line in history { try op.at(line.at).history.append(line.event, to: subject, id: line.id) }
        try op.cases.index(subject)
        return true
    }

    private struct Line {
        var event: CaseEvent
        var at: Instant
        var id: ID<CaseEvent>

        init(_ event: CaseEvent, _ at: Instant, in op: Operation) {
            self.event = event
            self.at = at
            id = op.at(at).newID()
        }
    }

    /// As it lay when it came in; what became of it follows by the rules.
    private func open(_ category: ID<Category>?, _ unit: ID<Unit>, number: CaseNumber, in op: Operation) -> Case {
        let known = op.directory.category(category)
        let isNew = if case .new = course { true } else { false }
        // The contact centre does not see what is confidential, so that lies with its unit at once.
        let isPassedOn = !isNew || known?.isConfidential == true
        var opened = Case(
            id: op.newID(), number: number, createdAt: at, title: title, category: category, unit: unit,
            isPassedOn: isPassedOn, isAcute: known?.isAcute == true, isConfidential: known?.isConfidential == true,
            mustBeAnswered: known?.mustBeAnswered == true,
            place: place)
        opened.channel = channel
        opened.firstAnswer = op.directory.firstAnswer(to: category)
        return opened
    }
}
