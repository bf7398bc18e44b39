import Domain

/// Joins a question to a confidential case for somebody who may not read it, with the caller on the line. They learn
/// nothing by it, not even whether the case is closed: the unit is told, and goes on from there.
struct JoinFromOutside {
    let input: QuestionInput
    let contact: ID<Contact>

    /// - Parameter before: locked.
    func perform(on before: Case, in op: Operation) throws -> Case {
        let number = before.number
        op.noteReading(of: before, as: .joined)
        let marks = input.marks(in: op)
        // A question that nobody has answered would be lost on a case that nobody has to look at again, and whoever asks
        // cannot be told that it is closed: it is opened again, as by a citizen who does not agree (R5.4).
        if !before.state.isOpen && !input.isAnswered {
            try op.reopen(
                number, in: .key(to: number), because: input.text, saidIn: contact, tellsAcute: marks.isAcute)
        }
        let (joined, event) = try op.change(number, in: .key(to: number)) {
            var event = try $0.join(
                contact, adding: marks, place: input.place, calendar: op.directory.calendar, at: op.now)
            event.data.wayIn = .held
            return event
        }
        let isToldAtOnce = joined.isAcute && !before.isAcute
        if isToldAtOnce {
            try op.tellOfPassing(joined, since: before, because: event)
        } else {
            try op.queueStaffMail(about: joined, because: event, as: "contact_joined")
        }
        try op.alert(
            op.directory.addressee(.handler, of: joined, on: op.today), about: joined, kind: "contact_joined",
            // Each is told, however many come about the same case.
            step: "\(contact)", op.now, isMailed: true)
        return joined
    }
}
