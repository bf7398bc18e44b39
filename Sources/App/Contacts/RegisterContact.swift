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
        try op.contacts.insert(registered.contact)
        for (index, input) in questions.enumerated() {
            let followed = try follow(input, "questions[\(index)].case", contact, in: op)
            registered.contact.questions.append(followed.question)
            registered.cases.append(followed.subject)
            // A word opens a confidential case because those who read it agreed it, or whoever opened it.
            if let word, let subject = followed.subject, !followed.isOutside {
                try op.citizens.agree(word, with: contact, about: subject.id)
            }
        }
        try op.contacts.recordRegistration(of: registered.contact, cases: registered.cases)
        return registered
    }

    /// A question that was stored, with the case it joined or opened.
    struct Followed {
        var question: Question
        /// Nil when it was answered at once.
        var subject: Case?
        /// The case is confidential and was joined by somebody who may not read it: any more, where the question made it so.
        var isOutside = false
    }

    /// A word would open nothing where only those who have the case may agree it, and the person would rely on it.
    private static let wordKept = InputErrors("word", "word_kept")

    private func follow(
        _ input: QuestionInput, _ field: String, _ contact: ID<Contact>, in op: Operation
    ) throws -> Followed {
        if let number = input.joins {
            if let kept = try op.cases.caseKeptBack(number, forChange: true) {
                if word != nil {
                    // Being refused tells that there is such a case.
                    op.noteRefused(kept)
                    throw Self.wordKept
                }
                return try JoinFromOutside(input: input, contact: contact, person: person).perform(on: kept, in: op)
            }
            let joined = try join(number, field, input, contact, in: op)
            // It was the question that made it confidential.
            if word != nil, joined.isOutside { throw Self.wordKept }
            return joined
        }
        if input.isAnswered {
            let question = question(input, about: nil, in: op)
            try op.contacts.insert(question, of: contact)
            return Followed(question: question)
        }
        let opened = try input.open(at: at ?? op.now, channel: channel, in: op)
        let question = question(input, about: opened, in: op)
        try op.cases.insert(opened, registeredBy: op.actor.userID)
        try op.contacts.insert(question, of: contact)
        let wayIn = opened.isConfidential ? op.citizens.wayIn(for: person, hasWord: word != nil) : nil
        try op.cases.recordOpening(
            of: opened, by: Recipient(contact: contact, person: person, text: input.text), wayIn: wayIn)
        return Followed(question: question, subject: opened)
    }

    private func question(_ input: QuestionInput, about subject: Case?, in op: Operation) -> Question {
        Question(
            id: op.newID(), text: input.text, category: input.category ?? subject?.category,
            isAnswered: input.isAnswered, answer: input.answer, caseID: subject?.id)
    }

    private func join(
        _ number: CaseNumber, _ field: String, _ input: QuestionInput, _ contact: ID<Contact>, in op: Operation
    ) throws -> Followed {
        do {
            let marks = input.marks(in: op)
            var joining: Question?
            let joined = try op.cases.change(number, saying: .init(isAcute: marks.isAcute)) { subject in
                // A question without an answer would be lost on a case that nobody has to look at again.
                if !subject.state.isOpen && !input.isAnswered { throw InputErrors(field, "case_closed") }
                let question = question(input, about: subject, in: op)
                try op.contacts.insert(question, of: contact)
                joining = question
                return try subject.join(
                    contact, adding: marks, place: input.place, isAnswered: input.isAnswered, isKept: op.cases.isKept,
                    calendar: op.directory.calendar, at: op.now)
            }.after
            guard var question = joining else { throw Refusal.notFound }
            let isOutside = op.cases.isKept(joined)
            if isOutside { op.noteReading(of: joined, as: .joined) }
            question.isHeld = isOutside && person.hasAddress
            return Followed(question: question, subject: joined, isOutside: isOutside)
        } catch Refusal.notFound {
            throw InputErrors(field, "unknown")
        } catch CaseRefusal.erased {
            throw InputErrors(field, CaseRefusal.erased.rawValue)
        }
    }
}

extension ContactFacade {
    /// By which a telephone is found, however its number was written.
    func lookupKey(of phone: PhoneNumber?) -> String? { phone?.lookupKey(in: municipality.country) }

    func insert(_ new: Contact) throws { try tx.send(insertion(of: new)) }

    /// - Parameters:
    ///   - source: another system, in which it was registered.
    ///   - reference: its name there, unique in the source.
    /// - Returns: false when it is there already.
    func insert(_ new: Contact, from source: String, _ reference: String) throws -> Bool {
        let insertion = insertion(of: new, from: source, reference)
        return try tx.run(
            insertion + " ON CONFLICT (municipality, source, source_reference) WHERE source IS NOT NULL DO NOTHING"
        ) == 1
    }

    private func insertion(of new: Contact, from source: String? = nil, _ reference: String? = nil) -> SQL {
        let person = new.person
        return """
            INSERT INTO contacts (municipality, id, at, channel, direction, name, email, phone, phone_key,
                wants_updates, by_sms, language, registered_by, source, source_reference)
            VALUES (\(tenant), \(new.id), \(new.at), \(new.channel), \(new.direction), \(person.name),
                \(person.email?.description), \(person.phone?.description), \(lookupKey(of: person.phone)),
                \(person.wantsUpdates), \(person.bySMS), \(person.language), \(new.registeredBy), \(source),
                \(reference))
            """
    }

    /// Writes down that a contact was registered, when what became of its questions is known.
    ///
    /// - Parameter cases: the case of each question, in the questions' order.
    func recordRegistration(of contact: Contact, cases: [Case?]) throws {
        let asked = zip(contact.questions, cases).map { question, subject in
            ContactEvent.Asked(
                question: question.id, category: question.category,
                unit: subject?.unit ?? directory.unit(for: question.category), isAnswered: question.isAnswered,
                subject: subject?.id)
        }
        let event = ContactEvent.registered(
            .init(channel: contact.channel, direction: contact.direction, questions: asked))
        try op.history.append(event, about: contact.id, id: contact.id.rawValue, at: contact.at)
        // Two of the questions may belong to one case: the last knows it as it is now.
        let known = cases.compactMap(\.self).map { ($0.id, $0) }
        try op.history.carryOut(event, of: contact, cases: Dictionary(known, uniquingKeysWith: { $1 }))
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
