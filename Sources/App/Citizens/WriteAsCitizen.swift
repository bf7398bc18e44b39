import Domain

/// A citizen who does not agree has the case opened again (R5.4).
struct ReopenAsCitizen: Sendable {
    var reason: String

    func perform(on followed: FollowedCase, in op: Operation) throws {
        let number = followed.shown.number
        let isAcute = op.contacts.soundsAcute(reason)
        try op.cases.change(number, in: .key(to: number), saying: .init(isAcute: isAcute)) { subject in
            var events = [try op.cases.reopen(&subject, because: reason, saidIn: followed.contact)]
            if isAcute, !subject.isUnacknowledgedAcute {
                events.append(
                    try subject.markAcute(true, reason: nil, calendar: op.directory.calendar, at: op.now))
            }
            return events
        }
    }
}

/// A citizen answers what was asked of them: one more contact about the same matter, and the clocks go on.
struct AnswerAsCitizen: Sendable {
    var message: String

    func perform(on followed: FollowedCase, in op: Operation) throws {
        let number = followed.shown.number
        guard followed.shown.state.isOpen else { throw CaseRefusal.closed }
        let reporter = try op.outbox.reporters(of: followed.shown.id).first { $0.contact == followed.contact }
        var contact = Contact(
            id: op.newID(), at: op.now, channel: .selfService, person: reporter?.person ?? Person(), registeredBy: nil,
            questions: [])
        try op.contacts.insert(contact)
        let question = Question(
            id: op.newID(), text: message, category: followed.shown.category, caseID: followed.shown.id)
        try op.contacts.insert(question, of: contact.id)
        contact.questions = [question]
        // What sounds acute is put in front of the unit at once (R1.10).
        let marks = Marks(isAcute: op.contacts.soundsAcute(message))
        let id = contact.id
        let change = try op.cases.change(number, in: .key(to: number), saying: .init(text: message)) { subject in
            let calendar = op.directory.calendar
            var events: [CaseEvent] = []
            // Somebody may have ended the waiting since; what was written arrives all the same.
            if subject.state == .awaitingCitizen {
                let answer = (contact: followed.contact, text: message)
                events.append(try subject.resume(note: nil, answer: answer, calendar: calendar, at: op.now))
            }
            return events + [try subject.join(id, adding: marks, calendar: calendar, at: op.now)]
        }
        try op.contacts.recordRegistration(of: contact, cases: [change.after])
    }
}
