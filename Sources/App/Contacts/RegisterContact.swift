import Database
import Domain

/// Registers a contact with its questions (R1.1). What is not answered at once opens a case or joins one, so that
/// nothing lives on yellow notes (R1.7).
struct RegisterContact: Sendable {
    var channel: Contact.Channel
    var direction: Contact.Direction
    /// When it came in; now unless told.
    var at: Instant?
    var person: Person
    var questions: [QuestionInput]
    /// Agreed with the person, to open what is confidential with.
    var word: AgreedWord?

    /// What became of a contact.
    struct Registered: Sendable {
        var contact: Contact
        /// The case of each question, in the questions' order.
        var cases: [Case?]
    }

    func perform(in op: Operation) throws -> Registered {
        let contact: ID<Contact> = op.newID()
        let at = at ?? op.now
        var registered = Registered(
            contact: Contact(
                id: contact, at: at, channel: channel, direction: direction, person: person,
                registeredBy: op.actor.userID, questions: []), cases: [])
        try op.insert(registered.contact)
        for (index, input) in questions.enumerated() {
            let (found, isOutside) = try follow(input, "questions[\(index)].case", contact, in: op)
            let question = Question(
                id: op.newID(), text: input.text,
                // What the case is about is nothing that whoever joins from outside gets to know.
                category: input.category ?? (isOutside ? nil : found?.category),
                isAnswered: input.isAnswered, answer: input.answer, caseID: found?.id,
                // An address leads to a confidential case when its unit says so, not when somebody else registers one.
                isHeld: isOutside && (person.email != nil || person.phone != nil))
            try op.insert(question, of: contact)
            if let found {
                // What has just been opened has nothing else to be found by.
                let only = SearchedReport(
                    text: input.text, name: person.name, email: person.email?.description, phone: person.phone)
                try op.indexForSearch(found, reports: input.joins == nil ? [only] : nil)
            }
            registered.contact.questions.append(question)
            registered.cases.append(found)
            // A word opens a confidential case because those who read it agreed it, or whoever opened it.
            if let word, let found, !isOutside { try op.agree(word, with: contact, about: found.id) }
        }
        return registered
    }

    /// A word would open nothing where only those who have the case may agree it, and the person would rely on it.
    private static let wordKept = InputErrors("word", "word_kept")

    /// The case that the question joins or opens; nil when it was answered at once. With whether it is confidential and
    /// was joined by somebody who may not read it: any more, where the question made it so.
    private func follow(
        _ input: QuestionInput, _ field: String, _ contact: ID<Contact>, in op: Operation
    ) throws -> (Case?, isOutside: Bool) {
        if let number = input.joins {
            if let kept = try op.caseKeptBack(number, forChange: true) {
                if word != nil {
                    // Being refused tells that there is such a case.
                    op.noteRefused(kept)
                    throw Self.wordKept
                }
                return (try JoinFromOutside(input: input, contact: contact).perform(on: kept, in: op), true)
            }
            let joined = try join(number, field, input, contact, in: op)
            // It was the question that made it confidential.
            if word != nil, op.isKept(joined) { throw Self.wordKept }
            return (joined, op.isKept(joined))
        }
        if input.isAnswered { return (nil, false) }
        let opened = try input.open(at: at ?? op.now, channel: channel, in: op)
        try op.insert(opened, registeredBy: op.actor.userID)
        let wayIn = opened.isConfidential ? op.wayIn(for: person, hasWord: word != nil) : nil
        let event = try op.append(opened.opened(by: contact, wayIn: wayIn), to: opened)
        let reporter = Recipient(contact: contact, person: person, text: input.text)
        try op.queueMail(.receipt, about: opened, because: event, to: reporter, tellsAcute: opened.isAcute)
        if opened.state == .passedOn || opened.isAcute { try op.queueStaffMail(about: opened, because: event) }
        return (opened, false)
    }

    private func join(
        _ number: CaseNumber, _ field: String, _ input: QuestionInput, _ contact: ID<Contact>, in op: Operation
    ) throws -> Case {
        do {
            // A question without an answer would be lost on a case that nobody has to look at again.
            let before = try op.loadCase(number, in: op.scope, forChange: true)
            if !before.state.isOpen && !input.isAnswered { throw InputErrors(field, "case_closed") }
            let marks = input.marks(in: op)
            let (joined, event) = try op.change(number) {
                var event = try $0.join(
                    contact, adding: marks, place: input.place, calendar: op.directory.calendar,
                    at: op.now)
                if op.isKept($0) { event.data.wayIn = .held }
                return event
            }
            if op.isKept(joined) {
                op.noteReading(of: joined, as: .joined)
            } else if !input.isAnswered {
                let reporter = Recipient(contact: contact, person: person, text: input.text)
                // Whoever has the case in hand did not know of this.
                try op.queueMail(.receipt, about: joined, because: event, to: reporter, tellsAcute: marks.isAcute)
            }
            try op.tellOfPassing(joined, since: before, because: event)
            return joined
        } catch Refusal.notFound {
            throw InputErrors(field, "unknown")
        }
    }
}

extension Operation {
    /// By which a telephone is found, however its number was written.
    func lookupKey(of phone: PhoneNumber?) -> String? { phone?.lookupKey(in: municipality.country) }

    func insert(_ new: Contact) throws {
        let person = new.person
        try tx.send(
            """
            INSERT INTO contacts (municipality, id, at, channel, direction, name, email, phone, phone_key,
                wants_updates, by_sms, language, registered_by)
            VALUES (\(tenant), \(new.id), \(new.at), \(new.channel), \(new.direction), \(person.name),
                \(person.email?.description), \(person.phone?.description), \(lookupKey(of: person.phone)),
                \(person.wantsUpdates), \(person.bySMS), \(person.language), \(new.registeredBy))
            """)
    }

    func insert(_ question: Question, of contact: ID<Contact>) throws {
        try tx.send(
            """
            INSERT INTO questions (municipality, id, contact_id, text, category_id, is_answered, answer, case_id, is_held)
            VALUES (\(tenant), \(question.id), \(contact), \(question.text), \(question.category),
                \(question.isAnswered), \(question.answer), \(question.caseID), \(question.isHeld))
            """)
    }
}
