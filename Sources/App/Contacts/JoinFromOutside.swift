import Domain

/// Joins a question to a confidential case for somebody who may not read it, with the caller on the line. They learn
/// nothing by it, not even whether the case is closed: the unit is told, and goes on from there.
struct JoinFromOutside {
    let input: QuestionInput
    let contact: ID<Contact>
    let person: Person

    /// - Parameter before: locked.
    func perform(on before: Case, in op: Operation) throws -> RegisterContact.Followed {
        op.noteReading(of: before, as: .joined)
        let marks = input.marks(in: op)
        let question = Question(
            id: op.newID(), text: input.text,
            // What the case is about is nothing that whoever joins from outside gets to know.
            category: input.category, isAnswered: input.isAnswered, answer: input.answer, caseID: before.id,
            // An address leads to a confidential case when its unit says so, not when somebody else registers one.
            isHeld: person.hasAddress)
        try op.contacts.insert(question, of: contact)
        let joined = try op.cases.change(
            before.number, in: .key(to: before.number), saying: .init(isAcute: marks.isAcute)
        ) {
            var events: [CaseEvent] = []
            // A question that nobody has answered would be lost on a case that nobody has to look at again, and whoever
            // asks cannot be told that it is closed: it is opened again, as by a citizen who does not agree (R5.4).
            if !$0.state.isOpen && !input.isAnswered {
                events.append(try op.cases.reopen(&$0, because: input.text, saidIn: contact))
            }
            let joined = try $0.join(
                contact, adding: marks, place: input.place, isAnswered: input.isAnswered, isKept: op.cases.isKept,
                calendar: op.directory.calendar, at: op.now)
            return events + [joined]
        }.after
        return .init(question: question, subject: joined, isOutside: true)
    }
}
