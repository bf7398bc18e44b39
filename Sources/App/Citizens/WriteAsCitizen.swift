import Domain

/// A citizen who does not agree has the case opened again (R5.4).
struct ReopenAsCitizen: Sendable {
    var reason: String

    func perform(on followed: FollowedCase, in op: Operation) throws {
        let number = followed.shown.number
        let (changed, event) = try op.reopen(
            number, in: .key(to: number), because: reason, saidIn: followed.contact,
            tellsAcute: op.soundsAcute(reason))
        let heeded = try op.heed(reason, in: changed)
        try op.queueStaffMail(about: heeded, because: event, note: reason, as: "citizen_wrote")
    }
}

/// A citizen answers what was asked of them: one more contact about the same matter, and the clocks go on.
struct AnswerAsCitizen: Sendable {
    var message: String

    func perform(on followed: FollowedCase, in op: Operation) throws {
        let number = followed.shown.number
        guard followed.shown.state.isOpen else { throw CaseRefusal.closed }
        let reporter = try op.reporters(of: followed.shown.id).first { $0.contact == followed.contact }
        let contact = Contact(
            id: op.newID(), at: op.now, channel: .selfService, person: reporter?.person ?? Person(), registeredBy: nil,
            questions: [])
        try op.insert(contact)
        let question = Question(
            id: op.newID(), text: message, category: followed.shown.category, caseID: followed.shown.id)
        try op.insert(question, of: contact.id)
        var (changed, event) = try op.change(number, in: .key(to: number)) {
            try $0.join(contact.id, calendar: op.directory.calendar, at: op.now)
        }
        // Somebody may have ended the waiting meanwhile; what was written arrives all the same.
        if changed.state == .awaitingCitizen {
            (changed, event) = try op.change(number, in: .key(to: number)) {
                var event = try $0.resume(note: nil, calendar: op.directory.calendar, at: op.now)
                event.data.contact = followed.contact
                event.data.message = message
                return event
            }
        }
        try op.indexForSearch(changed)
        let heeded = try op.heed(message, in: changed)
        try op.queueStaffMail(about: heeded, because: event, note: message, as: "citizen_wrote")
    }
}

extension Operation {
    /// What sounds acute is put in front of the unit at once (R1.10), also when it is written about a case that is there.
    ///
    /// - Returns: the case as it is then. What is said of it is said of that.
    fileprivate func heed(_ text: String, in subject: Case) throws -> Case {
        guard soundsAcute(text), subject.state.isOpen, !subject.isUnacknowledgedAcute else { return subject }
        let (changed, event) = try change(subject.number, in: .key(to: subject.number)) {
            try $0.markAcute(true, reason: nil, calendar: directory.calendar, at: now)
        }
        try tellOfPassing(changed, since: subject, because: event)
        return changed
    }
}
